package dev.proffer.agent.edge.launcher;

import dev.proffer.agent.core.ExitStatus;

/** Exit statuses as shells and container monitors report them. */
public final class ExitCodes {
    /** A death by signal is this plus the signal's number. */
    private static final int SIGNAL_BASE = 128;

    private static final int LAST_SIGNAL = 64;

    private ExitCodes() {}

    /** What a shell's {@code $?} says. A program that exits with more than 128 looks like one that a signal ended. */
    public static ExitStatus read(long status) {
        int code = Math.toIntExact(status);
        return code > SIGNAL_BASE && code <= SIGNAL_BASE + LAST_SIGNAL
                ? new ExitStatus.Signalled(code - SIGNAL_BASE)
                : new ExitStatus.Exited(code);
    }
}
