package dev.proffer.agent.core;

import dev.proffer.model.FrameworkId;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.journal.KillIntent;
import dev.proffer.protocol.journal.LaunchIntent;
import dev.proffer.protocol.journal.TaskUpdate;
import dev.proffer.protocol.journal.UpdateAcknowledged;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.KillPolicy;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a journal's records amount to. */
final class Replay {
    /** A task whose end is not acknowledged. */
    static final class ReplayedTask {
        final LaunchIntent intent;
        final Deque<TaskStatus> unacknowledged = new ArrayDeque<>();

        @Nullable
        TaskStatus lastAcknowledged;

        Optional<TaskState> latest = Optional.empty();
        Optional<KillPolicy> kill = Optional.empty();

        ReplayedTask(LaunchIntent intent) {
            this.intent = intent;
        }

        boolean hasEnded() {
            return latest.filter(LiveTask::isTerminal).isPresent();
        }
    }

    Optional<AgentID> agentId = Optional.empty();
    Optional<TermHolder> accepted = Optional.empty();
    final SortedMap<FrameworkId, FrameworkInfo> frameworks = new TreeMap<>();
    final TreeSet<FrameworkId> shutDown = new TreeSet<>();
    final SortedMap<TaskKey, ReplayedTask> tasks = new TreeMap<>();

    /** Tasks that are done with. Whether their containers were cleared away before the agent ended is not known. */
    final List<AgentEffect.Forget> done = new ArrayList<>();

    Replay(List<JournalRecord> records) {
        records.forEach(this::replay);
    }

    private void forget(TaskKey key, ReplayedTask task) {
        tasks.remove(key);
        done.add(new AgentEffect.Forget(key, task.intent.getContainerId()));
    }

    private void replay(JournalRecord entry) {
        switch (entry.getRecordCase()) {
            case AGENT_ID ->
                agentId = Optional.of(entry.getAgentId())
                        .filter(id -> !id.getValue().isEmpty());
            case ACCEPTED -> accepted = Optional.of(entry.getAccepted());
            case FRAMEWORK -> replay(entry.getFramework());
            case LAUNCH_INTENT -> replay(entry.getLaunchIntent());
            case KILL_INTENT -> replay(entry.getKillIntent());
            case TASK_UPDATE -> replay(entry.getTaskUpdate());
            case UPDATE_ACKNOWLEDGED -> replay(entry.getUpdateAcknowledged());
            case FRAMEWORK_SHUT_DOWN ->
                shutDown(new FrameworkId(entry.getFrameworkShutDown().getValue()));
            case RECORD_NOT_SET -> {} // Of a newer version: what it says is lost, not the journal.
        }
    }

    private void replay(FrameworkInfo framework) {
        frameworks.put(new FrameworkId(framework.getId().getValue()), framework);
    }

    private void replay(LaunchIntent intent) {
        var key = Tasks.key(intent.getFrameworkId(), intent.getTask().getTaskId());
        tasks.put(key, new ReplayedTask(intent));
        shutDown.remove(key.framework());
    }

    private void replay(KillIntent intent) {
        var task = tasks.get(Tasks.key(intent.getFrameworkId(), intent.getTaskId()));
        if (task != null) {
            task.kill = Optional.of(intent.getKillPolicy());
        }
    }

    private void replay(TaskUpdate update) {
        var key = Tasks.key(update.getFrameworkId(), update.getStatus().getTaskId());
        var task = tasks.get(key);
        if (task == null) {
            return;
        }
        task.unacknowledged.add(update.getStatus());
        task.latest = Optional.of(update.getStatus().getState());
        if (task.hasEnded() && shutDown.contains(key.framework())) {
            forget(key, task);
        }
    }

    private void shutDown(FrameworkId framework) {
        shutDown.add(framework);
        List.copyOf(tasks.entrySet()).stream()
                .filter(entry -> entry.getKey().framework().equals(framework)
                        && entry.getValue().hasEnded())
                .forEach(entry -> forget(entry.getKey(), entry.getValue()));
    }

    private void replay(UpdateAcknowledged acknowledged) {
        var key = Tasks.key(acknowledged.getFrameworkId(), acknowledged.getTaskId());
        var task = tasks.get(key);
        if (task == null) {
            return;
        }
        var head = task.unacknowledged.peek();
        if (head != null && head.getUuid().equals(acknowledged.getUuid())) {
            task.unacknowledged.remove();
            task.lastAcknowledged = head;
            if (LiveTask.isTerminal(head.getState())) {
                forget(key, task);
            }
        }
    }
}
