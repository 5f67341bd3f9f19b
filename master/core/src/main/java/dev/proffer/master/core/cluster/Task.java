package dev.proffer.master.core.cluster;

import com.google.protobuf.ByteString;
import dev.proffer.master.core.snapshot.TaskSnapshot;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.tasks.TaskStates;
import dev.proffer.protocol.v1.KillPolicy;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task on a registered agent: running, on its way there, or ended with its last update not yet acknowledged. */
public final class Task {
    /** A history longer than this loses its oldest part: an executor decides how many states it reports. */
    private static final int LONGEST_HISTORY = 32;

    private final Placement placement;
    private final ByteString encodedInfo;
    private final Resources resources;
    private final List<TaskStatus> statuses = new ArrayList<>();
    private TaskState state;
    private @Nullable Report report;
    private @Nullable KillRequest killRequest;
    private @Nullable TaskSnapshot snapshot;

    /** Whose task it is, and where. {@code role} is what its resources are allocated to. */
    public record Placement(FrameworkId framework, TaskId task, AgentId agent, RolePath role) {}

    /** The last update that went to the framework. */
    public record Report(TaskState state, ByteString uuid) {}

    /** The framework wants the task killed, under the policy that it named, if any. */
    public record KillRequest(Optional<KillPolicy> policy) {}

    public Task(Placement placement, TaskInfo info, Resources resources, TaskState state) {
        this.placement = placement;
        this.encodedInfo = info.toByteString();
        this.resources = resources;
        this.state = state;
    }

    /** A task as its agent reports it, with its history. */
    public static Task reported(
            Placement placement, TaskInfo info, Resources resources, dev.proffer.protocol.v1.Task wire) {
        var task = new Task(placement, info, resources, wire.getState());
        wire.getStatusesList().forEach(task::remember);
        return task;
    }

    public Placement placement() {
        return placement;
    }

    public TaskId id() {
        return placement.task;
    }

    public FrameworkId framework() {
        return placement.framework;
    }

    public AgentId agent() {
        return placement.agent;
    }

    public Resources resources() {
        return resources;
    }

    /** The latest state, which may be ahead of what the framework was told. */
    public TaskState state() {
        return state;
    }

    /** Whether it still holds its resources. */
    public boolean isLive() {
        return !TaskStates.isTerminal(state);
    }

    public Optional<Report> report() {
        return Optional.ofNullable(report);
    }

    public Optional<KillRequest> killRequest() {
        return Optional.ofNullable(killRequest);
    }

    public Optional<TaskStatus> lastStatus() {
        return statuses.isEmpty() ? Optional.empty() : Optional.of(statuses.getLast());
    }

    /** The state that the framework knows, or would if nothing was lost. */
    public TaskState knownState() {
        return report == null ? state : report.state;
    }

    public void requestKill(KillRequest request) {
        killRequest = request;
    }

    /** An update went to the framework and awaits its acknowledgement. */
    public void reported(TaskState reportedState, ByteString uuid) {
        report = new Report(reportedState, uuid);
        snapshot = null;
    }

    /** A terminal state is never left. */
    void moveTo(TaskState latest) {
        if (isLive()) {
            state = latest;
            snapshot = null;
        }
    }

    void remember(TaskStatus status) {
        var kept = status.hasData() ? status.toBuilder().clearData().build() : status;
        if (!statuses.isEmpty() && statuses.getLast().getState() == kept.getState()) {
            statuses.removeLast();
        }
        if (statuses.size() == LONGEST_HISTORY) {
            statuses.removeFirst();
        }
        statuses.add(kept);
        snapshot = null;
    }

    public TaskSnapshot snapshot() {
        var current = snapshot;
        if (current == null) {
            current = new TaskSnapshot(
                    placement.framework,
                    placement.task,
                    placement.agent,
                    placement.role,
                    encodedInfo,
                    resources,
                    state,
                    report().map(Report::state),
                    statuses);
            snapshot = current;
        }
        return current;
    }
}
