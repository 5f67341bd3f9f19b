package dev.proffer.master.edge.writer;

import dev.proffer.model.Moment;

/**
 * What a writer has done so far.
 *
 * @param turns how often it went round its loop with something to do
 * @param busyNanos the time that took
 * @param inputs that were applied, timers not counted
 * @param lastTurn when it last went round, busy or not: an old one means that it hangs
 */
public record WriterFigures(long turns, long busyNanos, long inputs, Moment lastTurn) {}
