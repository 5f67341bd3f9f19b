package dev.proffer.agent.core;

/** How a task's process ended. */
public sealed interface ExitStatus {
    record Code(int code) implements ExitStatus {}

    record Signalled(int signal) implements ExitStatus {}

    /** Nobody knows: its keeper is gone too. */
    record Unknown(String reason) implements ExitStatus {}
}
