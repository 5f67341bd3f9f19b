package dev.proffer.agent.core.tasks;

import dev.proffer.agent.core.ExitStatus;

/** How a command's end reads: as in Mesos' command executor, which frameworks match on. */
final class ExitTexts {
    private ExitTexts() {}

    static String of(ExitStatus status) {
        return switch (status) {
            case ExitStatus.Exited(var code) -> "Command exited with status " + code;
            case ExitStatus.Signalled(var signal) -> "Command terminated with signal " + signalName(signal);
            case ExitStatus.OutOfMemory(var limit, var used) ->
                "Memory limit exceeded: Requested: " + mebibytes(limit) + "MB Maximum Used: " + mebibytes(used) + "MB";
            case ExitStatus.Unknown(var reason) -> "The command's exit status is unknown: " + reason;
        };
    }

    /** Rounded up, so that what is above a limit reads so. */
    private static long mebibytes(long bytes) {
        return Math.ceilDiv(bytes, 1L << 20);
    }

    /** POSIX' and Linux' common signals, by their usual descriptions. */
    private static String signalName(int signal) {
        return switch (signal) {
            case 1 -> "Hangup";
            case 2 -> "Interrupt";
            case 3 -> "Quit";
            case 4 -> "Illegal instruction";
            case 5 -> "Trace/breakpoint trap";
            case 6 -> "Aborted";
            case 8 -> "Floating point exception";
            case 9 -> "Killed";
            case 11 -> "Segmentation fault";
            case 13 -> "Broken pipe";
            case 14 -> "Alarm clock";
            case 15 -> "Terminated";
            default -> String.valueOf(signal);
        };
    }
}
