package dev.proffer.agent.edge.launcher.linux;

import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.FrameworkInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The users that a task's root file system knows. */
final class Accounts {
    private final Path root;
    private final Optional<String> fallback;

    /** @param fallback whom a task runs as whose command names nobody; empty for its framework's user */
    Accounts(Path root, Optional<String> fallback) {
        this.root = root;
        this.fallback = fallback;
    }

    /**
     * As in Mesos the command's user, else the framework's. One who is not known is never replaced by root.
     *
     * @throws IOException if the root file system does not know that user
     */
    Account of(CommandInfo command, FrameworkInfo framework) throws IOException {
        if (command.hasUser() && !command.getUser().isEmpty()) {
            return find("'command.user'", command.getUser());
        }
        if (fallback.isPresent()) {
            return find("the setting of this agent for tasks' user", fallback.get());
        }
        return framework.getUser().isEmpty() ? Account.ROOT : find("'framework_info.user'", framework.getUser());
    }

    private Account find(String source, String user) throws IOException {
        if (user.matches("[0-9]{1,9}")) {
            int id = Integer.parseInt(user);
            return new Account(id, id, List.of());
        }
        for (var fields : entries("etc/passwd", 4)) {
            if (fields[0].equals(user)) {
                return new Account(Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), groups(user));
            }
        }
        throw new IOException(source + " is '" + user + "', whom the root file system of tasks does not know: name "
                + "one of its users, or a number");
    }

    private List<Integer> groups(String user) throws IOException {
        return entries("etc/group", 4).stream()
                .filter(fields -> Arrays.asList(fields[3].split(",")).contains(user))
                .map(fields -> Integer.parseInt(fields[2]))
                .toList();
    }

    /** Those with enough fields and a number where one belongs. */
    private List<String[]> entries(String file, int fields) throws IOException {
        try {
            return Files.readAllLines(root.resolve(file), StandardCharsets.ISO_8859_1).stream()
                    .map(line -> line.split(":", -1))
                    .filter(entry -> entry.length >= fields && entry[2].matches("[0-9]{1,9}"))
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }
}
