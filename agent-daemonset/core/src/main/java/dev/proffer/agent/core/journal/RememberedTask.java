package dev.proffer.agent.core.journal;

import com.google.protobuf.ByteString;
import dev.proffer.agent.core.TaskKey;
import dev.proffer.protocol.journal.KillIntent;
import dev.proffer.protocol.journal.LaunchIntent;
import dev.proffer.protocol.tasks.TaskStates;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task as the journal tells it. */
public final class RememberedTask {
    private final TaskKey key;
    private final LaunchIntent intent;
    private final ArrayDeque<TaskStatus> unacknowledged = new ArrayDeque<>();
    private @Nullable KillIntent kill;
    private @Nullable TaskStatus lastAcknowledged;

    RememberedTask(TaskKey key, LaunchIntent intent) {
        this.key = key;
        this.intent = intent;
    }

    TaskKey key() {
        return key;
    }

    public LaunchIntent intent() {
        return intent;
    }

    public Optional<KillIntent> kill() {
        return Optional.ofNullable(kill);
    }

    public Optional<TaskStatus> lastAcknowledged() {
        return Optional.ofNullable(lastAcknowledged);
    }

    /** Oldest first. */
    public List<TaskStatus> unacknowledged() {
        return List.copyOf(unacknowledged);
    }

    public boolean hasEnded() {
        return TaskStates.isTerminal(latestState());
    }

    private TaskState latestState() {
        if (!unacknowledged.isEmpty()) {
            return unacknowledged.getLast().getState();
        }
        return lastAcknowledged().map(TaskStatus::getState).orElse(TaskState.TASK_STAGING);
    }

    void killed(KillIntent intentToKill) {
        kill = intentToKill;
    }

    /** An update whose first write seemed to fail may be there twice. */
    void updated(TaskStatus status) {
        boolean known =
                unacknowledged.stream().anyMatch(other -> other.getUuid().equals(status.getUuid()))
                        || lastAcknowledged()
                                .filter(other -> other.getUuid().equals(status.getUuid()))
                                .isPresent();
        if (!known) {
            unacknowledged.add(status);
        }
    }

    /** Acknowledges an update and those before it, whose acknowledgements may not have reached the disk. */
    void acknowledged(ByteString uuid) {
        if (unacknowledged.stream().noneMatch(status -> status.getUuid().equals(uuid))) {
            return;
        }
        TaskStatus status;
        do {
            status = unacknowledged.removeFirst();
        } while (!status.getUuid().equals(uuid));
        lastAcknowledged = status;
    }

    boolean isHistory() {
        return hasEnded() && unacknowledged.isEmpty();
    }
}
