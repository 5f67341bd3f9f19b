package dev.proffer.agent.core;

/** How a task's process ended. */
public sealed interface ExitStatus {
    record Exited(int code) implements ExitStatus {}

    record Signalled(int signal) implements ExitStatus {}

    /**
     * The kernel ended it, because it would have used more memory than it may.
     *
     * @param limitBytes what it may use
     * @param usedBytes the most that it used
     */
    record OutOfMemory(long limitBytes, long usedBytes) implements ExitStatus {}

    /** Its status could not be learnt, for this reason. */
    record Unknown(String reason) implements ExitStatus {}
}
