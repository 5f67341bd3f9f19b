package dev.proffer.agent.core.journal;

import dev.proffer.agent.core.TaskKey;
import dev.proffer.model.FrameworkId;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.journal.KillIntent;
import dev.proffer.protocol.journal.LaunchIntent;
import dev.proffer.protocol.journal.TaskUpdate;
import dev.proffer.protocol.journal.TermEnded;
import dev.proffer.protocol.journal.UpdateAcknowledged;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskID;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a journal's records amount to. It serves twice: an agent that starts takes its state from it, and a journal that
 * has grown is rewritten as {@link #records()}. Confined to one thread. Records that make no sense are skipped: a journal
 * never keeps an agent from starting.
 */
public final class AgentMemory {
    private final TreeMap<FrameworkId, RememberedFramework> frameworks = new TreeMap<>();
    private final TreeMap<TaskKey, RememberedTask> tasks = new TreeMap<>();
    private @Nullable AgentID agentId;
    private @Nullable TermHolder accepted;
    private @Nullable TermEnded ended;
    private @Nullable String clusterUid;

    /** @param shutDown whether the master has removed it */
    public record RememberedFramework(FrameworkInfo info, boolean shutDown) {}

    public Optional<AgentID> agentId() {
        return Optional.ofNullable(agentId);
    }

    public Optional<TermHolder> accepted() {
        return Optional.ofNullable(accepted);
    }

    /** The end of the accepted term, if its holder told of it. */
    public Optional<TermEnded> ended() {
        return Optional.ofNullable(ended);
    }

    public Optional<String> clusterUid() {
        return Optional.ofNullable(clusterUid);
    }

    /** Those that have tasks. */
    public SortedMap<FrameworkId, RememberedFramework> frameworks() {
        // A write may be torn between a framework and its first task.
        var withTasks = new TreeMap<>(frameworks);
        withTasks.keySet().removeIf(id -> !hasTasks(id));
        return Collections.unmodifiableSortedMap(withTasks);
    }

    public SortedMap<TaskKey, RememberedTask> tasks() {
        return Collections.unmodifiableSortedMap(tasks);
    }

    public void apply(JournalRecord record) {
        switch (record.getRecordCase()) {
            case AGENT_ID -> agentId = record.getAgentId().getValue().isEmpty() ? null : record.getAgentId();
            case ACCEPTED -> accept(record.getAccepted());
            case TERM_ENDED -> end(record.getTermEnded());
            case CLUSTER_UID -> clusterUid = record.getClusterUid();
            case FRAMEWORK -> framework(record.getFramework());
            case FRAMEWORK_SHUT_DOWN -> shutDown(record.getFrameworkShutDown());
            case LAUNCH_INTENT -> launch(record.getLaunchIntent());
            case KILL_INTENT -> kill(record.getKillIntent());
            case TASK_UPDATE -> update(record.getTaskUpdate());
            case UPDATE_ACKNOWLEDGED -> acknowledge(record.getUpdateAcknowledged());
            case RECORD_NOT_SET -> {} // Of a newer version.
        }
    }

    /** The fewest records that amount to the same. */
    public List<JournalRecord> records() {
        var records = new ArrayList<JournalRecord>();
        agentId().map(Records::agentId).ifPresent(records::add);
        clusterUid().map(Records::clusterUid).ifPresent(records::add);
        accepted().map(Records::accepted).ifPresent(records::add);
        ended().map(Records::termEnded).ifPresent(records::add);
        var framed = frameworks().values();
        framed.forEach(framework -> records.add(Records.framework(framework.info)));
        tasks.forEach((key, task) -> addRecords(records, key, task));
        // Last: a task that ends after its framework was shut down is history at once.
        framed.stream()
                .filter(RememberedFramework::shutDown)
                .forEach(framework -> records.add(Records.frameworkShutDown(framework.info.getId())));
        return records;
    }

    private static void addRecords(List<JournalRecord> records, TaskKey key, RememberedTask task) {
        records.add(Records.launch(task.intent()));
        task.lastAcknowledged().ifPresent(status -> {
            records.add(Records.update(key, status));
            records.add(Records.acknowledged(key, status.getUuid()));
        });
        task.unacknowledged().forEach(status -> records.add(Records.update(key, status)));
        task.kill().map(Records::kill).ifPresent(records::add);
    }

    private void accept(TermHolder leader) {
        accepted = leader;
        ended = null;
    }

    private void end(TermEnded end) {
        if (end.getLeader().equals(accepted)) {
            ended = end;
        }
    }

    private void framework(FrameworkInfo info) {
        if (info.getId().getValue().isEmpty()) {
            return;
        }
        var id = new FrameworkId(info.getId().getValue());
        var known = frameworks.get(id);
        frameworks.put(id, new RememberedFramework(info, known != null && known.shutDown));
    }

    private void shutDown(FrameworkID id) {
        if (id.getValue().isEmpty()) {
            return;
        }
        frameworks.computeIfPresent(
                new FrameworkId(id.getValue()), (_, known) -> new RememberedFramework(known.info, true));
        tasks.entrySet().stream()
                .filter(entry -> entry.getKey().framework().value().equals(id.getValue()))
                .filter(entry -> entry.getValue().hasEnded())
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::forget);
    }

    private void launch(LaunchIntent intent) {
        var key = key(intent.getFrameworkId(), intent.getTask().getTaskId());
        if (key == null
                || intent.getContainerId().isEmpty()
                || intent.getTask().getAgentId().getValue().isEmpty()) {
            return;
        }
        var known = frameworks.get(key.framework());
        if (known != null) {
            tasks.put(key, new RememberedTask(key, intent));
            // A framework that is shut down launches nothing: this one has come anew.
            frameworks.put(key.framework(), new RememberedFramework(known.info, /* shutDown= */ false));
        }
    }

    private void kill(KillIntent intent) {
        var task = find(intent.getFrameworkId(), intent.getTaskId());
        if (task != null) {
            task.killed(intent);
        }
    }

    private void update(TaskUpdate update) {
        var task = find(update.getFrameworkId(), update.getStatus().getTaskId());
        if (task == null) {
            return;
        }
        task.updated(update.getStatus());
        var framework = frameworks.get(task.key().framework());
        if (task.hasEnded() && framework != null && framework.shutDown) {
            forget(task.key());
        }
    }

    private void acknowledge(UpdateAcknowledged acknowledgement) {
        var task = find(acknowledgement.getFrameworkId(), acknowledgement.getTaskId());
        if (task == null) {
            return;
        }
        task.acknowledged(acknowledgement.getUuid());
        if (task.isHistory()) {
            forget(task.key());
        }
    }

    private @Nullable RememberedTask find(FrameworkID framework, TaskID task) {
        var key = key(framework, task);
        return key == null ? null : tasks.get(key);
    }

    private static @Nullable TaskKey key(FrameworkID framework, TaskID task) {
        return framework.getValue().isEmpty() || task.getValue().isEmpty() ? null : TaskKey.of(framework, task);
    }

    private void forget(TaskKey key) {
        tasks.remove(key);
        if (!hasTasks(key.framework())) {
            frameworks.remove(key.framework());
        }
    }

    private boolean hasTasks(FrameworkId id) {
        var next = tasks.ceilingKey(TaskKey.firstOf(id));
        return next != null && next.framework().equals(id);
    }
}
