package dev.proffer.agent.edge.launcher;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The processes of a container without their supervisor: its descendants, whoever is left of its session when a parent is
 * gone, and whoever carries the container's mark in the environment, be it in another session.
 */
record ProcessTree(ProcessHandle supervisor, String container) {
    /** The variable that tells whose process it is. */
    static final String MARK = "PROFFER_CONTAINER_ID";

    /** A task that forks without end is caught by going round again; one that outruns this is hit at the next kill. */
    private static final int ROUNDS = 50;

    /** A supervisor that has only just begun has nobody below it for a moment. */
    private static final int START_ROUNDS = 100;

    private static final Duration START_PAUSE = Duration.ofMillis(10);

    /** Of the fields behind the command in {@code /proc/PID/stat}: state, parent, group, session. */
    private static final int SESSION = 3;

    /** Waits for the first process if there is none yet. */
    void terminate() {
        var processes = processes();
        for (int round = 0; processes.isEmpty() && supervisor.isAlive() && round < START_ROUNDS; round++) {
            LockSupport.parkNanos(START_PAUSE.toNanos());
            processes = processes();
        }
        processes.forEach(ProcessHandle::destroy);
    }

    void kill() {
        for (int round = 0; round < ROUNDS; round++) {
            var processes = processes();
            if (processes.isEmpty()) {
                return;
            }
            processes.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Kills what a container whose supervisor is gone has left. */
    static void killOrphans(String container) {
        for (int round = 0; round < ROUNDS; round++) {
            // By the mark alone: the supervisor's pid, and so the session's, may be another's by now.
            var orphans = ProcessHandle.allProcesses()
                    .filter(process -> isMarked(process, container))
                    .toList();
            if (orphans.isEmpty()) {
                return;
            }
            orphans.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private List<ProcessHandle> processes() {
        Map<Long, ProcessHandle> found = new LinkedHashMap<>();
        Stream.concat(supervisor.descendants(), ProcessHandle.allProcesses().filter(this::isMember))
                .filter(process -> !isGone(process))
                .forEach(process -> found.put(process.pid(), process));
        found.remove(supervisor.pid());
        return List.copyOf(found.values());
    }

    private boolean isMember(ProcessHandle process) {
        return stat(process)
                        .filter(fields -> Long.parseLong(fields[SESSION]) == supervisor.pid())
                        .isPresent()
                || isMarked(process, container);
    }

    /** Dead already, though nobody may have asked how it ended. */
    private static boolean isGone(ProcessHandle process) {
        return stat(process).map(fields -> fields[0].equals("Z")).orElse(!process.isAlive());
    }

    private static Optional<String[]> stat(ProcessHandle process) {
        return ProcFile.read(process, "stat")
                // The command stands in parentheses and may contain anything, parentheses included.
                .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" "))
                .filter(fields -> fields.length > SESSION);
    }

    private static boolean isMarked(ProcessHandle process, String container) {
        return ProcFile.entries(process, "environ").contains(MARK + "=" + container);
    }
}
