package dev.proffer.agent.core.tasks;

import static dev.proffer.protocol.v1.FrameworkInfo.Capability.Type.PARTITION_AWARE;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentSettings;
import dev.proffer.agent.core.Container;
import dev.proffer.agent.core.TaskKey;
import dev.proffer.agent.core.WallTime;
import dev.proffer.agent.core.effects.Awaited;
import dev.proffer.agent.core.effects.Outbox;
import dev.proffer.agent.core.effects.Recorder;
import dev.proffer.agent.core.journal.Records;
import dev.proffer.agent.core.registration.Registration;
import dev.proffer.agent.core.tasks.LaunchCheck.Problem;
import dev.proffer.agent.core.updates.Statuses;
import dev.proffer.agent.core.updates.Updates;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.protocol.journal.LaunchIntent;
import dev.proffer.protocol.link.LaunchTask;
import dev.proffer.protocol.link.ReconcileTasks;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.util.List;
import java.util.Optional;

/**
 * Takes on tasks, or says why not. The intent and the first update go to disk together; the process is started after that,
 * so that no process runs of which a restarted agent knows nothing.
 */
public final class Launches {
    private final AgentSettings settings;
    private final Registration registration;
    private final TaskTable table;
    private final Updates updates;
    private final Statuses statuses;
    private final Recorder recorder;
    private final Runs runs;
    private final Outbox outbox;

    public Launches(
            AgentSettings settings,
            Registration registration,
            TaskTable table,
            Updates updates,
            Statuses statuses,
            Recorder recorder,
            Runs runs,
            Outbox outbox) {
        this.settings = settings;
        this.registration = registration;
        this.table = table;
        this.updates = updates;
        this.statuses = statuses;
        this.recorder = recorder;
        this.runs = runs;
        this.outbox = outbox;
    }

    /** Idempotent: a task that is known is left as it is. As in Mesos, a framework that is shut down launches nothing. */
    public void launch(Moment now, LaunchTask order, AgentID agent) {
        var framework = order.getFramework();
        var task = order.getTask();
        var key = TaskKey.of(framework.getId(), task.getTaskId());
        if (updates.isOpen(key) || table.frameworks().isShutDown(key.framework())) {
            return;
        }
        if (updates.open() >= settings.tasksAtMost()) {
            updates.answerOnce(key, refusal(now, key, agent, tooMany()).build());
            return;
        }
        if (registration.capacity().isNothing()) {
            updates.answer(now, key, unable(now, framework, key, agent).build());
            return;
        }
        var problem = problemWith(task, agent);
        if (problem.isPresent()) {
            updates.answer(now, key, refusal(now, key, agent, problem.get()).build());
        } else {
            takeOn(now, framework, task, new Container(new AgentId(agent.getValue()), key, statuses.containerId()));
        }
    }

    private Optional<Problem> problemWith(TaskInfo task, AgentID agent) {
        return task.getAgentId().equals(agent)
                ? LaunchCheck.problemWith(task)
                : Optional.of(new Problem(
                        TaskState.TASK_ERROR,
                        TaskStatus.Reason.REASON_TASK_INVALID,
                        "'agent_id' is " + task.getAgentId().getValue() + ", but this agent is " + agent.getValue()));
    }

    /** The order crossed the news that this agent offers nothing: as in Mesos, what never started was dropped. */
    private TaskStatus.Builder unable(Moment now, FrameworkInfo framework, TaskKey key, AgentID agent) {
        boolean aware = Frameworks.can(framework.getCapabilitiesList(), PARTITION_AWARE);
        return refusal(
                now,
                key,
                agent,
                new Problem(
                        aware ? TaskState.TASK_DROPPED : TaskState.TASK_LOST,
                        TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED,
                        "the agent starts nothing at present: "
                                + registration.capacity().complaint()));
    }

    private Problem tooMany() {
        return new Problem(
                TaskState.TASK_FAILED,
                TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED,
                "this agent keeps " + settings.tasksAtMost()
                        + " tasks already, those counted whose last update is not acknowledged");
    }

    private void takeOn(Moment now, FrameworkInfo framework, TaskInfo info, Container container) {
        var key = container.task();
        table.frameworks().put(framework, /* shutDown= */ false);
        table.add(new AgentTask(info, container, AgentTask.Phase.RECORDING));
        updates.open(key);
        var starting =
                statuses.ofExecutor(now, container, TaskState.TASK_STARTING).build();
        updates.append(key, starting);
        runs.limitCompletionTime(now, info, key, now.wall());
        var intent = LaunchIntent.newBuilder()
                .setFrameworkId(key.frameworkId())
                .setTask(info)
                .setContainerId(container.id())
                .setBootId(settings.bootId())
                .setAcceptedAtNanos(WallTime.nanos(now.wall()));
        recorder.record(
                new Awaited.Launch(key, container.id(), starting.getUuid()),
                List.of(Records.framework(framework), Records.launch(intent.build()), Records.update(key, starting)));
    }

    /** The intent is on disk. */
    public void recorded(Moment now, Awaited.Launch launch) {
        updates.recorded(now, launch.task(), launch.update());
        awaiting(launch).ifPresent(task -> {
            if (task.kill() != null) {
                runs.killedDuringLaunch(now, task);
                return;
            }
            var framework = table.frameworks().find(task.key().framework()).orElseThrow();
            task.starting();
            outbox.add(new AgentEffect.Launch(task.container(), framework, task.info()));
        });
    }

    /** The intent is not on disk, so nothing is started. */
    public void notRecorded(Moment now, Awaited.Launch launch, String reason) {
        awaiting(launch).ifPresent(task -> {
            var agent = AgentID.newBuilder()
                    .setValue(task.container().agent().value())
                    .build();
            updates.close(task.key());
            table.forget(task.key());
            var problem = new Problem(
                    TaskState.TASK_FAILED,
                    TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED,
                    "the agent cannot write to its disk, so it starts nothing: " + reason);
            updates.answer(
                    now, task.key(), refusal(now, task.key(), agent, problem).build());
        });
    }

    private Optional<AgentTask> awaiting(Awaited.Launch launch) {
        return table.find(launch.task())
                .filter(task -> task.container().id().equals(launch.container()))
                .filter(task -> task.phase() == AgentTask.Phase.RECORDING);
    }

    /** The master counts on these: each that is not here is gone, or never came. */
    public void reconcile(Moment now, ReconcileTasks asked, AgentID agent) {
        for (var entry : asked.getTasksList()) {
            var key = TaskKey.of(entry.getFrameworkId(), entry.getTaskId());
            if (!updates.isOpen(key)) {
                answerUnknown(
                        now,
                        key,
                        agent,
                        entry.getPartitionAware(),
                        TaskStatus.Reason.REASON_RECONCILIATION,
                        "the agent does not have the task");
            }
        }
    }

    /** A kill of a task that is not here. Without its framework nothing can be said: the master will reconcile. */
    public void killOfUnknown(Moment now, TaskKey key, AgentID agent) {
        if (updates.isOpen(key)) {
            return;
        }
        table.frameworks()
                .find(key.framework())
                .ifPresent(framework -> answerUnknown(
                        now,
                        key,
                        agent,
                        Frameworks.can(framework.getCapabilitiesList(), PARTITION_AWARE),
                        TaskStatus.Reason.REASON_EXECUTOR_TERMINATED,
                        "the task cannot be killed, since the agent does not have it"));
    }

    private void answerUnknown(
            Moment now, TaskKey key, AgentID agent, boolean partitionAware, TaskStatus.Reason reason, String message) {
        var state = partitionAware ? TaskState.TASK_DROPPED : TaskState.TASK_LOST;
        var status =
                refusal(now, key, agent, new Problem(state, reason, message)).build();
        if (updates.open() < settings.tasksAtMost()) {
            updates.answer(now, key, status);
        } else {
            updates.answerOnce(key, status);
        }
    }

    private TaskStatus.Builder refusal(Moment now, TaskKey key, AgentID agent, Problem problem) {
        return statuses.ofStranger(now, key, agent, problem.state())
                .setReason(problem.reason())
                .setMessage(problem.message());
    }
}
