package dev.proffer.agent.edge.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The processes below a supervisor: its descendants, and whoever is left of its session when a parent is gone. */
final class ProcessTree {
    /** A task that forks without end is caught by going round again; one that outruns this is hit at the next kill. */
    private static final int ROUNDS = 50;

    private static final Path PROC = Path.of("/proc");

    /** Of the fields behind the command in {@code /proc/PID/stat}: state, parent, group, session. */
    private static final int SESSION = 3;

    private ProcessTree() {}

    static void terminate(ProcessHandle supervisor) {
        below(supervisor).forEach(ProcessHandle::destroy);
    }

    static void kill(ProcessHandle supervisor) {
        for (int round = 0; round < ROUNDS; round++) {
            var processes = below(supervisor);
            if (processes.isEmpty()) {
                return;
            }
            processes.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static List<ProcessHandle> below(ProcessHandle supervisor) {
        Map<Long, ProcessHandle> found = new LinkedHashMap<>();
        supervisor.descendants().forEach(process -> found.put(process.pid(), process));
        ProcessHandle.allProcesses()
                .filter(process -> isOfSession(process, supervisor.pid()))
                .forEach(process -> found.put(process.pid(), process));
        found.remove(supervisor.pid());
        return found.values().stream().filter(ProcessHandle::isAlive).toList();
    }

    private static boolean isOfSession(ProcessHandle process, long session) {
        try {
            var stat =
                    Files.readString(PROC.resolve(Long.toString(process.pid())).resolve("stat"));
            // The command stands in parentheses and may contain anything, parentheses included.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields.length > SESSION && Long.parseLong(fields[SESSION]) == session;
        } catch (IOException | RuntimeException goneOrNoProcFileSystem) {
            return false;
        }
    }
}
