package dev.proffer.agent.edge.launcher;

import dev.proffer.agent.core.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** A container's own folder, in which its supervisor leaves its pid and later the task's exit status. */
record Container(Path folder) {
    String id() {
        return folder.getFileName().toString();
    }

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final String SUPERVISOR = "supervisor";
    private static final String EXIT = "exit";

    /** How a POSIX shell reports a death by signal: this plus the signal's number. */
    private static final int SIGNAL_BASE = 128;

    private static final int LAST_SIGNAL = 64;

    /** The supervisor, if it runs. */
    Optional<ProcessHandle> supervisor() throws IOException {
        var pid = number(SUPERVISOR);
        return pid.isPresent()
                ? pid.flatMap(ProcessHandle::of).filter(this::isSupervisor)
                : ProcessHandle.allProcesses().filter(this::isSupervisor).findFirst(); // It may be about to say so.
    }

    /** Its folder among its arguments tells it from another process with its pid. */
    private boolean isSupervisor(ProcessHandle process) {
        return ProcFile.entries(process, "cmdline").contains(ProcFile.asEntry(folder.toString()));
    }

    Optional<ExitStatus> exit() throws IOException {
        return number(EXIT).map(status -> {
            int code = Math.toIntExact(status);
            return code > SIGNAL_BASE && code <= SIGNAL_BASE + LAST_SIGNAL
                    ? new ExitStatus.Signalled(code - SIGNAL_BASE)
                    : new ExitStatus.Code(code);
        });
    }

    /** Empty too if the file is: it is about to be written, or a crash of the machine took its content. */
    private Optional<Long> number(String file) throws IOException {
        var path = folder.resolve(file);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        var content = Files.readString(path, StandardCharsets.ISO_8859_1).strip();
        return NUMBER.matcher(content).matches() ? Optional.of(Long.parseLong(content)) : Optional.empty();
    }

    void delete() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
