package dev.proffer.allocator.run;

import dev.proffer.allocator.books.Agent;
import dev.proffer.model.Moment;
import java.time.Duration;
import java.util.BitSet;

/** Which agents the next run looks at, and when that is due. */
public final class Candidates {
    private final Duration interval;
    private final Duration eventDelay;
    private final BitSet agents = new BitSet();
    private boolean all;
    private boolean started;
    private long nextPass;
    private long nextEventRun = Long.MAX_VALUE;

    public Candidates(Duration interval, Duration eventDelay) {
        this.interval = interval;
        this.eventDelay = eventDelay;
    }

    /** The first event starts the clock of the full passes. */
    public void start(Moment now) {
        if (!started) {
            started = true;
            nextPass = now.deadline(interval);
        }
    }

    public void mark(Moment now, Agent agent) {
        agents.set(agent.index());
        callSoon(now);
    }

    public void markAll(Moment now) {
        all = true;
        callSoon(now);
    }

    private void callSoon(Moment now) {
        nextEventRun = Math.min(nextEventRun, now.deadline(eventDelay));
    }

    public void remove(Agent agent) {
        agents.clear(agent.index());
    }

    public boolean isPassDue(Moment now) {
        return started && now.reached(nextPass);
    }

    public boolean isEmpty() {
        return !all && agents.isEmpty();
    }

    public boolean contains(Agent agent) {
        return all || agents.get(agent.index());
    }

    public long nextDue() {
        return started ? Math.min(nextPass, nextEventRun) : Long.MAX_VALUE;
    }

    public void beginPass(Moment now) {
        all = true;
        nextPass = now.deadline(interval);
    }

    /** Forgets the candidates: a run has looked at them. */
    public void clear() {
        agents.clear();
        all = false;
        nextEventRun = Long.MAX_VALUE;
    }
}
