package dev.proffer.agent.core.tasks;

import dev.proffer.agent.core.Container;
import dev.proffer.agent.core.TaskKey;
import dev.proffer.protocol.v1.TaskInfo;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A task that is not history yet.
 *
 * <pre>
 *   RECORDING ── intent on disk ──▶ STARTING ── process runs ──▶ RUNNING
 *       │                              │                           │
 *       │ killed, disk failed          │ not started               │ exited
 *       └──────────────────────────────┴────────▶ ENDED ◀──────────┘
 *
 *   After a restart: RECOVERING, then RUNNING or ENDED.
 * </pre>
 */
public final class AgentTask {
    private final TaskInfo info;
    private final Container container;
    private Phase phase;
    private @Nullable Kill kill;
    private long pid;

    /** Where a task is in its life. */
    public enum Phase {
        RECORDING,
        STARTING,
        RUNNING,
        RECOVERING,
        ENDED
    }

    AgentTask(TaskInfo info, Container container, Phase phase) {
        this.info = info;
        this.container = container;
        this.phase = phase;
    }

    public TaskKey key() {
        return container.task();
    }

    public TaskInfo info() {
        return info;
    }

    public Container container() {
        return container;
    }

    public Phase phase() {
        return phase;
    }

    /** Of its main process, while that is known. */
    public OptionalLong pid() {
        return pid == 0 ? OptionalLong.empty() : OptionalLong.of(pid);
    }

    boolean hasEnded() {
        return phase == Phase.ENDED;
    }

    @Nullable
    Kill kill() {
        return kill;
    }

    void killed(Kill by) {
        kill = by;
    }

    void starting() {
        phase = Phase.STARTING;
    }

    void running(long mainProcess) {
        phase = Phase.RUNNING;
        pid = mainProcess;
    }

    void ended() {
        phase = Phase.ENDED;
    }
}
