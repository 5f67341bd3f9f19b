package dev.proffer.agent.edge.launcher;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The processes of one task: what its supervisor runs, and what is left of the task's session. */
final class TaskProcesses {
    /** A task that forks without end is caught by going round again; one that outruns this is hit at the next kill. */
    private static final int ROUNDS = 100;

    private static final long BETWEEN_ROUNDS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Processes processes;
    private final RunFolder folder;

    TaskProcesses(Processes processes, RunFolder folder) {
        this.processes = processes;
        this.folder = folder;
    }

    /** The supervisor, if it runs. It may have been started without having had the time to say so. */
    Optional<ProcessHandle> supervisor() throws IOException {
        var pid = folder.supervisorPid();
        return pid.isPresent()
                ? ProcessHandle.of(pid.getAsLong()).filter(this::isSupervisor)
                : processes.matching(this::isSupervisor).stream().findFirst();
    }

    private boolean isSupervisor(ProcessHandle process) {
        return processes.runs(process) && SupervisorScript.isSupervisor(processes, process, folder);
    }

    void terminate() throws IOException {
        all().forEach(ProcessHandle::destroy);
    }

    /** Whether all are gone. */
    boolean kill() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            var left = all();
            if (left.isEmpty()) {
                return true;
            }
            left.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(BETWEEN_ROUNDS_NANOS);
        }
        return all().isEmpty();
    }

    /** Without the supervisor, which has to see the end. */
    private Collection<ProcessHandle> all() throws IOException {
        var session = folder.taskPid();
        var supervisor = supervisor();
        var found = supervisor.isPresent()
                ? processes.below(supervisor.get(), session)
                : session.isPresent() ? orphans(session.getAsLong()) : List.<ProcessHandle>of();
        return found.stream().filter(processes::runs).toList();
    }

    /** Without a supervisor the session's number may be another's by now: the sandbox in the environment tells. */
    private List<ProcessHandle> orphans(long session) {
        var container = folder.path().getFileName().toString();
        return processes.ofSession(session).stream()
                .filter(process -> processes.hasInEnvironment(process, container))
                .toList();
    }
}
