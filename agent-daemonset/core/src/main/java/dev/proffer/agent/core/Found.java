package dev.proffer.agent.core;

/** What the launcher finds of a task when the agent starts again. */
public sealed interface Found {
    /** It runs, and its end will be reported. */
    record Running(long pid) implements Found {}

    record Ended(ExitStatus status) implements Found {}

    /** There is no trace of it. */
    record Nothing() implements Found {}
}
