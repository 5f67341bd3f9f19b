package dev.proffer.agent.core;

import static dev.proffer.protocol.v1.FrameworkInfo.Capability.Type.PARTITION_AWARE;

import com.google.protobuf.ByteString;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.journal.LaunchIntent;
import dev.proffer.protocol.journal.TaskUpdate;
import dev.proffer.protocol.journal.UpdateAcknowledged;
import dev.proffer.protocol.link.AcknowledgeStatus;
import dev.proffer.protocol.link.KillTask;
import dev.proffer.protocol.link.LaunchTask;
import dev.proffer.protocol.link.ReconcileTasks;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.KillPolicy;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** What runs here, and the life of each task from the intent to launch it to the acknowledgement of its end. */
final class Tasks {
    private final AgentSettings settings;
    private final Frameworks frameworks;
    private final StatusFactory statuses;
    private final Kills kills;
    private final SortedMap<TaskKey, LiveTask> live = new TreeMap<>();
    private boolean ending;

    Tasks(AgentSettings settings, Frameworks frameworks, StatusFactory statuses, Kills kills) {
        this.kills = kills;
        this.settings = settings;
        this.frameworks = frameworks;
        this.statuses = statuses;
    }

    static TaskKey key(FrameworkID framework, TaskID task) {
        return new TaskKey(new FrameworkId(framework.getValue()), new TaskId(task.getValue()));
    }

    Collection<LiveTask> all() {
        return live.values();
    }

    // What the master asks for

    /** Starts a task; one that is known already is left as it is, since a launch may come twice. */
    void launch(Moment now, LaunchTask launch, Outbox out) {
        var framework = launch.getFramework();
        var key = key(framework.getId(), launch.getTask().getTaskId());
        if (live.containsKey(key)) {
            return;
        }
        if (frameworks.put(framework)) {
            out.persist(JournalRecord.newBuilder().setFramework(framework));
        }
        var task = new LiveTask(key, launch.getTask(), statuses.containerId());
        live.put(key, task);
        out.persist(intent(task));
        frameworks.readmit(key.framework());
        if (ending) {
            dropped(now, task, TaskStatus.Reason.REASON_AGENT_DRAINING, "The agent is being stopped", out);
            return;
        }
        var problem = UnsupportedTask.problemWith(task.info);
        if (problem.isPresent()) {
            fail(now, task, TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED, problem.get(), out);
            return;
        }
        task.launched(now, Duration.ZERO);
        update(task, statuses.ofExecutor(now, task, TaskState.TASK_STARTING, ""), out);
        out.add(new AgentEffect.Start(key, task.containerId, task.info, framework));
    }

    void kill(Moment now, KillTask kill, Outbox out) {
        var task = live.get(key(kill.getFrameworkId(), kill.getTaskId()));
        if (task != null && task.phase != LiveTask.Phase.ENDED) {
            kills.asked(now, task, kill.getKillPolicy(), out);
        }
    }

    void acknowledge(AcknowledgeStatus acknowledgement, Outbox out) {
        var key = key(acknowledgement.getFrameworkId(), acknowledgement.getTaskId());
        var task = live.get(key);
        if (task == null) {
            return;
        }
        task.updates.acknowledge(acknowledgement.getUuid()).ifPresent(status -> {
            out.persist(acknowledged(key, acknowledgement.getUuid()));
            if (LiveTask.isTerminal(status.getState())) {
                forget(task, out);
            }
        });
    }

    /** Ends all tasks of a framework that the master has removed. Nobody waits for their updates. */
    void shutDown(Moment now, FrameworkId framework, Outbox out) {
        if (frameworks.shutDown(framework)) {
            out.persist(JournalRecord.newBuilder()
                    .setFrameworkShutDown(FrameworkID.newBuilder().setValue(framework.value())));
        }
        for (var task : List.copyOf(live.values())) {
            if (!task.key.framework().equals(framework)) {
                continue;
            }
            if (task.phase == LiveTask.Phase.ENDED) {
                forget(task, out);
            } else {
                kills.asked(now, task, KillPolicy.getDefaultInstance(), out);
            }
        }
    }

    /** Ends everything, and starts nothing any more. */
    void endAll(Moment now, Outbox out) {
        ending = true;
        for (var task : live.values()) {
            if (task.phase != LiveTask.Phase.ENDED) {
                kills.asked(now, task, KillPolicy.getDefaultInstance(), out);
            }
        }
    }

    void updateFramework(FrameworkInfo info, Outbox out) {
        if (frameworks.isKnown(new FrameworkId(info.getId().getValue())) && frameworks.put(info)) {
            out.persist(JournalRecord.newBuilder().setFramework(info));
        }
    }

    /** Answers for each task that the master counts on and that is not here: it never ran, or is long forgotten. */
    void reconcile(Moment now, ReconcileTasks tasks, AgentID agent, BiConsumer<FrameworkID, TaskStatus> send) {
        for (var entry : tasks.getTasksList()) {
            if (!live.containsKey(key(entry.getFrameworkId(), entry.getTaskId()))) {
                var state = entry.getPartitionAware() ? TaskState.TASK_DROPPED : TaskState.TASK_LOST;
                send.accept(entry.getFrameworkId(), statuses.unknownTask(now, entry.getTaskId(), agent, state));
            }
        }
    }

    // After a restart

    /** Takes up a task of before, whatever has become of it. */
    void adopt(LiveTask task) {
        live.put(task.key, task);
    }

    void dropFrameworksWithoutTasks() {
        frameworks.retain(live.keySet().stream().map(TaskKey::framework).toList());
    }

    // What the launcher reports

    void started(Moment now, TaskKey key, Outbox out) {
        var task = live.get(key);
        if (task == null || task.phase != LiveTask.Phase.STARTING) {
            return;
        }
        task.phase = LiveTask.Phase.RUNNING;
        if (task.updates.latest() == TaskState.TASK_STARTING || task.updates.latest() == TaskState.TASK_STAGING) {
            update(task, statuses.ofExecutor(now, task, TaskState.TASK_RUNNING, ""), out);
        }
        if (task.killCause != LiveTask.KillCause.NONE) {
            kills.terminate(now, task, out);
        }
    }

    void notStarted(Moment now, TaskKey key, String reason, Outbox out) {
        var task = live.get(key);
        if (task == null || task.phase == LiveTask.Phase.ENDED) {
            return;
        }
        if (task.killCause == LiveTask.KillCause.ASKED) {
            killedDuringLaunch(now, task, out);
        } else {
            fail(now, task, TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED, reason, out);
        }
    }

    void exited(Moment now, TaskKey key, ExitStatus exit, Outbox out) {
        var task = live.get(key);
        if (task != null && task.phase != LiveTask.Phase.ENDED) {
            end(task, TaskEnd.status(statuses, now, task, exit), out);
        }
    }

    // Time

    /** Does what is due: signals and, if there is a link to send on, updates. */
    void advance(Moment now, boolean linked, BiConsumer<LiveTask, TaskStatus> send, Outbox out) {
        for (var task : live.values()) {
            if (task.isCompletionDue(now)) {
                kills.timeIsUp(now, task, out);
            }
            if (task.takeKillDue(now)) {
                out.add(new AgentEffect.Kill(task.key, task.containerId, /* force= */ true));
            }
            if (linked) {
                task.updates.takeDue(now).ifPresent(status -> send.accept(task, status));
            }
        }
    }

    long nextDeadline(boolean linked) {
        long next = Long.MAX_VALUE;
        for (var task : live.values()) {
            next = Math.min(next, linked ? task.nextDeadline() : task.nextLocalDeadline());
        }
        return next;
    }

    /** A new link: every head goes at once. */
    void sendHeadsAtOnce() {
        live.values().forEach(task -> task.updates.sendAtOnce());
    }

    void fail(Moment now, LiveTask task, TaskStatus.Reason reason, String message, Outbox out) {
        end(task, statuses.ofAgent(now, task, TaskState.TASK_FAILED, reason, message), out);
    }

    /** The end of a task that never ran. */
    void dropped(Moment now, LiveTask task, TaskStatus.Reason reason, String message, Outbox out) {
        var state =
                frameworks.has(task.key.framework(), PARTITION_AWARE) ? TaskState.TASK_DROPPED : TaskState.TASK_LOST;
        end(task, statuses.ofAgent(now, task, state, reason, message), out);
    }

    /** The end of a task that was killed before there was a process. */
    void killedDuringLaunch(Moment now, LiveTask task, Outbox out) {
        end(
                task,
                statuses.ofAgent(
                        now,
                        task,
                        TaskState.TASK_KILLED,
                        TaskStatus.Reason.REASON_TASK_KILLED_DURING_LAUNCH,
                        "Killed before it was started"),
                out);
    }

    void end(LiveTask task, TaskStatus.Builder status, Outbox out) {
        task.ended();
        update(task, status, out);
        if (frameworks.isShutDown(task.key.framework())) {
            forget(task, out);
        }
    }

    static void update(LiveTask task, TaskStatus.Builder builder, Outbox out) {
        var status = builder.build();
        task.updates.add(status);
        out.persist(JournalRecord.newBuilder()
                .setTaskUpdate(TaskUpdate.newBuilder()
                        .setFrameworkId(frameworkId(task.key))
                        .setStatus(status)));
    }

    private void forget(LiveTask task, Outbox out) {
        live.remove(task.key);
        var framework = task.key.framework();
        if (live.keySet().stream().noneMatch(other -> other.framework().equals(framework))) {
            frameworks.remove(framework);
        }
        out.add(new AgentEffect.Forget(task.key, task.containerId));
    }

    static FrameworkID frameworkId(TaskKey key) {
        return FrameworkID.newBuilder().setValue(key.framework().value()).build();
    }

    static JournalRecord.Builder acknowledged(TaskKey key, ByteString uuid) {
        return JournalRecord.newBuilder()
                .setUpdateAcknowledged(UpdateAcknowledged.newBuilder()
                        .setFrameworkId(frameworkId(key))
                        .setTaskId(TaskID.newBuilder().setValue(key.task().value()))
                        .setUuid(uuid));
    }

    JournalRecord.Builder intent(LiveTask task) {
        return JournalRecord.newBuilder()
                .setLaunchIntent(LaunchIntent.newBuilder()
                        .setFrameworkId(frameworkId(task.key))
                        .setTask(task.info)
                        .setContainerId(task.containerId)
                        .setBootId(settings.bootId()));
    }
}
