package dev.proffer.master.core.offers;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.cluster.Task;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.policy.PolicyInForce;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.master.core.validation.TaskPermission;
import dev.proffer.master.core.validation.TaskValidation;
import dev.proffer.model.Moment;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.link.LaunchTask;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.resources.ReservationFormat;
import dev.proffer.protocol.resources.ResourceWriter;
import dev.proffer.protocol.v1.HealthCheck;
import dev.proffer.protocol.v1.Offer.Operation;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus.Reason;
import java.util.Optional;

/** Launches tasks on what is left of the offers; one that cannot be launched does not hold up the others. */
final class Launching {
    private final Cluster cluster;
    private final Refusals refusals;
    private final Outbox outbox;
    private final PolicyInForce policy;

    Launching(Desk desk, Refusals refusals) {
        this.cluster = desk.cluster();
        this.refusals = refusals;
        this.outbox = desk.outbox();
        this.policy = desk.policy();
    }

    /** Where and for whom an ACCEPT launches. */
    record Site(Framework framework, Agent agent, RolePath role, Remainder remainder) {}

    void launch(Moment now, Site site, Operation operation) {
        for (var task : operation.getLaunch().getTaskInfosList()) {
            if (operation.hasId()) {
                refuse(now, site, task, "'id' must not be set on a LAUNCH: tasks have status updates of their own");
            } else {
                launch(now, site, withHealthCheckType(task));
            }
        }
    }

    /** All or nothing, so nothing as long as agents cannot run groups. */
    void launchGroup(Moment now, Site site, Operation operation) {
        for (var task : operation.getLaunchGroup().getTaskGroup().getTasksList()) {
            refusals.error(
                    now,
                    site.framework,
                    task,
                    Reason.REASON_TASK_GROUP_INVALID,
                    "Task groups are not supported yet; launch the tasks one by one with LAUNCH");
        }
    }

    /** As in Mesos: whether the task is allowed is asked before whether it is valid. */
    private void launch(Moment now, Site site, TaskInfo task) {
        var forbidden = permission(site.framework).problemWith(task);
        if (forbidden.isPresent()) {
            refusals.error(now, site.framework, task, Reason.REASON_TASK_UNAUTHORIZED, forbidden.get());
            return;
        }
        switch (TaskValidation.judge(task, place(site))) {
            case TaskValidation.Verdict.Invalid(var problem) -> refuse(now, site, task, problem);
            case TaskValidation.Verdict.Valid(var needed) -> send(site, task, needed);
        }
    }

    private TaskPermission permission(Framework framework) {
        return new TaskPermission(
                policy.get().tasks().of(framework.namespace()), framework.info().getUser());
    }

    private void refuse(Moment now, Site site, TaskInfo task, String problem) {
        refusals.error(now, site.framework, task, Reason.REASON_TASK_INVALID, problem);
    }

    private static TaskValidation.Place place(Site site) {
        return new TaskValidation.Place(
                site.agent.id(),
                site.role,
                site.remainder.left(),
                id -> site.framework.task(new TaskId(id)).isPresent(),
                id -> site.framework.unreachableTasks().contains(new TaskId(id)),
                site.agent.profile()::has);
    }

    private void send(Site site, TaskInfo task, Resources needed) {
        var info = task.toBuilder()
                .clearResources()
                .addAllResources(ResourceWriter.write(needed, ReservationFormat.REFINED, Optional.of(site.role)))
                .build();
        var placement = new Task.Placement(
                site.framework.id(), new TaskId(info.getTaskId().getValue()), site.agent.id(), site.role);
        site.remainder.take(needed);
        cluster.tasks().add(new Task(placement, info, needed, TaskState.TASK_STAGING));
        cluster.counters().count(Counter.TASKS_LAUNCHED);
        outbox.send(
                site.agent,
                MasterFrame.newBuilder()
                        .setLaunchTask(LaunchTask.newBuilder()
                                .setFramework(site.framework.info())
                                .setTask(info)));
    }

    /** Old clients leave the type out and set one of the kinds. */
    private static TaskInfo withHealthCheckType(TaskInfo task) {
        var check = task.getHealthCheck();
        if (!task.hasHealthCheck() || check.hasType()) {
            return task;
        }
        var completed = check.toBuilder();
        if (check.hasCommand()) {
            completed.setType(HealthCheck.Type.COMMAND);
        } else if (check.hasHttp()) {
            completed.setType(HealthCheck.Type.HTTP);
        } else if (check.hasTcp()) {
            completed.setType(HealthCheck.Type.TCP);
        }
        return task.toBuilder().setHealthCheck(completed).build();
    }
}
