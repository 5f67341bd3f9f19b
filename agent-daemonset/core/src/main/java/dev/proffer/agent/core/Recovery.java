package dev.proffer.agent.core;

import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiFunction;

/** Decides, when an agent starts again, what has become of each task that its journal tells of. */
final class Recovery {
    private final AgentSettings settings;
    private final Tasks tasks;
    private final Kills kills;

    Recovery(AgentSettings settings, Tasks tasks, Kills kills) {
        this.settings = settings;
        this.kills = kills;
        this.tasks = tasks;
    }

    void run(
            Moment now,
            SortedMap<TaskKey, Replay.ReplayedTask> replayed,
            BiFunction<TaskKey, String, Found> finder,
            Outbox out) {
        // All of them are there before the first is judged: a framework is forgotten with its last task.
        var open = new ArrayList<LiveTask>();
        replayed.forEach((key, entry) -> {
            var task = adopt(now, key, entry);
            if (entry.hasEnded()) {
                task.ended();
            } else {
                open.add(task);
            }
        });
        for (var task : open) {
            var entry = Objects.requireNonNull(replayed.get(task.key));
            judge(now, task, entry, finder.apply(task.key, task.containerId), out);
        }
        tasks.dropFrameworksWithoutTasks();
    }

    private LiveTask adopt(Moment now, TaskKey key, Replay.ReplayedTask entry) {
        var task = new LiveTask(key, entry.intent.getTask(), entry.intent.getContainerId());
        task.updates.restore(entry.lastAcknowledged, entry.unacknowledged);
        entry.kill.ifPresent(policy -> kills.restore(now, task, policy));
        tasks.adopt(task);
        return task;
    }

    private void judge(Moment now, LiveTask task, Replay.ReplayedTask entry, Found found, Outbox out) {
        switch (found) {
            case Found.Running _ -> {
                task.launched(now, sinceLaunch(now, entry));
                tasks.started(now, task.key, out);
            }
            case Found.Ended(var exit) -> tasks.exited(now, task.key, exit, out);
            case Found.Nothing() -> vanished(now, task, entry, out);
        }
    }

    /** By the wall clock, as the one thing that two processes share: time goes on while there is no agent. */
    private static Duration sinceLaunch(Moment now, Replay.ReplayedTask entry) {
        var first =
                Optional.ofNullable(entry.lastAcknowledged).or(() -> Optional.ofNullable(entry.unacknowledged.peek()));
        return first.map(status -> Instant.ofEpochMilli(Math.round(status.getTimestamp() * 1000)))
                .map(launch -> Duration.between(launch, now.wall()))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    private void vanished(Moment now, LiveTask task, Replay.ReplayedTask entry, Outbox out) {
        boolean ran =
                entry.latest.filter(state -> state != TaskState.TASK_STARTING).isPresent();
        boolean rebooted = !entry.intent.getBootId().equals(settings.bootId());
        var why = rebooted ? "The machine was restarted" : "Nothing is left of the task's process";
        if (task.killCause == LiveTask.KillCause.ASKED && (ran || rebooted)) {
            tasks.exited(now, task.key, new ExitStatus.Unknown(why), out);
        } else if (task.killCause == LiveTask.KillCause.ASKED) {
            tasks.killedDuringLaunch(now, task, out);
        } else if (ran || rebooted) {
            tasks.fail(now, task, TaskStatus.Reason.REASON_EXECUTOR_TERMINATED, why, out);
        } else {
            tasks.dropped(
                    now,
                    task,
                    TaskStatus.Reason.REASON_AGENT_RESTARTED,
                    "The agent was restarted before the task was started",
                    out);
        }
    }
}
