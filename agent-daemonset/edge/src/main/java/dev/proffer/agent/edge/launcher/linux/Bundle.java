package dev.proffer.agent.edge.launcher.linux;

import dev.proffer.agent.core.ExitStatus;
import dev.proffer.agent.edge.cgroups.CgroupPath;
import dev.proffer.agent.edge.launcher.ExitCodes;
import dev.proffer.agent.edge.launcher.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A container's folder: what the runtime is to make, and what the monitor leaves for the agent. Out of the task's reach.
 *
 * @param path named after the container
 * @param exits where monitors leave exit statuses, in files named after their containers
 */
record Bundle(Path path, Path exits) {
    String container() {
        return path.getFileName().toString();
    }

    boolean exists() {
        return Files.isDirectory(path);
    }

    void create(CgroupPath cgroup, Optional<Path> toolbox, String config) throws IOException {
        Files.createDirectories(temporary());
        if (toolbox.isPresent()) {
            Files.writeString(path.resolve("toolbox"), toolbox.get().toString());
        }
        Files.writeString(path.resolve("cgroup"), cgroup.value());
        Files.writeString(path.resolve("config.json"), config);
    }

    /** Empty if the folder was not made whole. */
    Optional<CgroupPath> cgroup() throws IOException {
        return text(path.resolve("cgroup")).map(CgroupPath::new);
    }

    /** Comes before the task's own program can run: without it, it never ran. */
    void starting() throws IOException {
        Files.write(path.resolve("started"), new byte[0]);
    }

    boolean wasStarted() {
        return Files.exists(path.resolve("started"));
    }

    /** In which its monitor lives. */
    Optional<Path> toolbox() throws IOException {
        return text(path.resolve("toolbox")).map(Path::of);
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** The task's {@code /tmp}. */
    Path temporary() {
        return path.resolve("tmp");
    }

    Path taskPidFile() {
        return path.resolve("task");
    }

    Path monitorPidFile() {
        return path.resolve("monitor");
    }

    Path answerFile() {
        return path.resolve("answer");
    }

    /** What the monitor said when the container was made: a line; empty until it is whole. */
    String answer() throws IOException {
        try {
            var text = Files.readString(answerFile(), StandardCharsets.UTF_8);
            return text.endsWith("\n") ? text.strip() : "";
        } catch (NoSuchFileException notYet) {
            return "";
        }
    }

    OptionalLong taskPid() throws IOException {
        return number(taskPidFile());
    }

    OptionalLong monitorPid() throws IOException {
        return number(monitorPidFile());
    }

    /** As the monitor wrote it. */
    Optional<ExitStatus> exit() throws IOException {
        var status = number(exits.resolve(container()));
        return status.isPresent() ? Optional.of(ExitCodes.read(status.getAsLong())) : Optional.empty();
    }

    /** Kept before the cgroup goes, which alone knows it, so that an agent that comes next knows it too. */
    void keep(ExitStatus.OutOfMemory status) throws IOException {
        var next = Files.writeString(path.resolve("oom.next"), status.limitBytes() + " " + status.usedBytes());
        Files.move(next, path.resolve("oom-kill"), StandardCopyOption.ATOMIC_MOVE);
    }

    Optional<ExitStatus> outOfMemory() throws IOException {
        return text(path.resolve("oom-kill"))
                .map(text -> text.split(" "))
                .map(words -> new ExitStatus.OutOfMemory(Long.parseLong(words[0]), Long.parseLong(words[1])));
    }

    void delete() throws IOException {
        Folders.delete(path);
        Files.deleteIfExists(exits.resolve(container()));
    }

    private static OptionalLong number(Path file) throws IOException {
        try {
            var text = text(file);
            return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
        } catch (NumberFormatException damaged) {
            return OptionalLong.empty();
        }
    }

    private static Optional<String> text(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip())
                    .filter(text -> !text.isEmpty());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }
}
