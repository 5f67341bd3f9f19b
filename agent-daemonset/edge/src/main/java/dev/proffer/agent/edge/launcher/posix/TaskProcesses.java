package dev.proffer.agent.edge.launcher.posix;

import dev.proffer.agent.edge.launcher.Processes;
import dev.proffer.agent.edge.launcher.TaskEnvironment;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The processes of one task: what its supervisor runs, the task's session, and all that inherited its environment. */
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
        var found = new LinkedHashMap<Long, ProcessHandle>();
        processes.matching(this::hasMark).forEach(process -> found.put(process.pid(), process));
        var supervisor = supervisor();
        if (supervisor.isPresent()) {
            // Without it the session's number may be another's by now.
            processes.below(supervisor.get(), folder.taskPid()).forEach(process -> found.put(process.pid(), process));
            found.remove(supervisor.get().pid());
        }
        return found.values().stream().filter(processes::runs).toList();
    }

    private boolean hasMark(ProcessHandle process) {
        return processes.hasInEnvironment(process, TaskEnvironment.CONTAINER, folder.container());
    }
}
