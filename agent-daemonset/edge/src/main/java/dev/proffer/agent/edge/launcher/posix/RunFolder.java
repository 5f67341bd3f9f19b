package dev.proffer.agent.edge.launcher.posix;

import dev.proffer.agent.core.ExitStatus;
import dev.proffer.agent.edge.launcher.ExitCodes;
import dev.proffer.agent.edge.launcher.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a supervisor leaves for the agent, out of the task's reach: its own pid, the task's, and the exit status. Each is a
 * line; one without its end was not written whole.
 */
record RunFolder(Path path) {
    private static final String SUPERVISOR = "supervisor";
    private static final String TASK = "task";
    private static final String EXIT = "exit";
    private static final String LOG = "log";

    private static final int LOG_CHARACTERS = 500;

    /** The container's id. */
    String container() {
        return path.getFileName().toString();
    }

    boolean exists() {
        return Files.isDirectory(path);
    }

    void create() throws IOException {
        Files.createDirectories(path);
    }

    OptionalLong supervisorPid() throws IOException {
        return number(SUPERVISOR);
    }

    OptionalLong taskPid() throws IOException {
        return number(TASK);
    }

    /** The task's exit status, once it has one. */
    Optional<ExitStatus> exit() throws IOException {
        var status = number(EXIT);
        return status.isPresent() ? Optional.of(ExitCodes.read(status.getAsLong())) : Optional.empty();
    }

    Path log() {
        return path.resolve(LOG);
    }

    /** What the supervisor itself complained about, on one line. */
    String complaint() {
        try {
            var text = Files.readString(log(), StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
            return text.substring(0, Math.min(text.length(), LOG_CHARACTERS));
        } catch (IOException unreadable) {
            return "";
        }
    }

    void delete() throws IOException {
        Folders.delete(path);
    }

    private OptionalLong number(String file) throws IOException {
        try {
            var text = Files.readString(path.resolve(file), StandardCharsets.US_ASCII);
            return text.endsWith("\n") ? OptionalLong.of(Long.parseLong(text.strip())) : OptionalLong.empty();
        } catch (NoSuchFileException | NumberFormatException notWritten) {
            return OptionalLong.empty();
        }
    }
}
