package dev.proffer.agent.core;

/** How a task's process ended. */
public sealed interface ExitStatus {
    record Exited(int code) implements ExitStatus {}

    record Signalled(int signal) implements ExitStatus {}

    /** Its status could not be learnt, for this reason. */
    record Unknown(String reason) implements ExitStatus {}
}
