package dev.proffer.agent.core;

import dev.proffer.agent.core.effects.Awaited;
import dev.proffer.agent.core.effects.Outbox;
import dev.proffer.agent.core.effects.Recorder;
import dev.proffer.agent.core.journal.Records;
import dev.proffer.agent.core.registration.Registration;
import dev.proffer.agent.core.tasks.Kills;
import dev.proffer.agent.core.tasks.Launches;
import dev.proffer.agent.core.tasks.TaskTable;
import dev.proffer.agent.core.updates.Updates;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.protocol.link.AcknowledgeStatus;
import dev.proffer.protocol.link.KillTask;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.tasks.TaskStates;
import dev.proffer.protocol.v1.FrameworkInfo;

/** What the master says: first that it leads, then, once this agent is registered with it, what is to be done. */
final class MasterOrders {
    private final Registration registration;
    private final TaskTable table;
    private final Updates updates;
    private final Launches launches;
    private final Kills kills;
    private final Recorder recorder;
    private final Outbox outbox;

    MasterOrders(
            Registration registration,
            TaskTable table,
            Updates updates,
            Launches launches,
            Kills kills,
            Recorder recorder,
            Outbox outbox) {
        this.registration = registration;
        this.table = table;
        this.updates = updates;
        this.launches = launches;
        this.kills = kills;
        this.recorder = recorder;
        this.outbox = outbox;
    }

    void received(Moment now, MasterFrame frame, boolean mayLaunch) {
        switch (frame.getBodyCase()) {
            case WELCOME -> {
                registration.heard(now);
                registration.welcomed(now, frame.getWelcome());
            }
            case REFUSED -> {
                // First: an agent that ends in between is refused once more.
                if (frame.getRefused().getPermanent()) {
                    kills.disown(now);
                }
                registration.refused(now, frame.getRefused());
            }
            default -> {
                if (registration.isOfSession(frame)) {
                    registration.heard(now);
                    inSession(now, frame, mayLaunch);
                }
            }
        }
    }

    private void inSession(Moment now, MasterFrame frame, boolean mayLaunch) {
        switch (frame.getBodyCase()) {
            case REGISTERED -> {
                if (registration.registered(now, frame.getRegistered())) {
                    updates.sendAll(now);
                }
            }
            case PING -> registration.pinged(now, frame.getPing());
            case TERM_OVER -> registration.termOver(now);
            default -> {
                if (registration.isRegistered()) {
                    obey(now, frame, mayLaunch);
                }
            }
        }
    }

    private void obey(Moment now, MasterFrame frame, boolean mayLaunch) {
        var agent = registration.agentId().orElseThrow();
        switch (frame.getBodyCase()) {
            case LAUNCH_TASK -> {
                if (mayLaunch) {
                    launches.launch(now, frame.getLaunchTask(), agent);
                }
            }
            case KILL_TASK -> kill(now, frame.getKillTask());
            case ACKNOWLEDGE_STATUS -> acknowledge(now, frame.getAcknowledgeStatus());
            case UPDATE_FRAMEWORK -> update(frame.getUpdateFramework().getFramework());
            case SHUT_DOWN_FRAMEWORK ->
                kills.frameworkShutDown(
                        now,
                        new FrameworkId(
                                frame.getShutDownFramework().getFrameworkId().getValue()));
            case RECONCILE_TASKS -> launches.reconcile(now, frame.getReconcileTasks(), agent);
            case READ_FILE ->
                outbox.add(new AgentEffect.ReadSandbox(
                        registration.link(), new AgentId(agent.getValue()), frame.getReadFile()));
            case PONG, // That something was heard is all that it says.
                    WELCOME,
                    REFUSED,
                    REGISTERED,
                    PING,
                    TERM_OVER,
                    LEADING,
                    BODY_NOT_SET -> {}
        }
    }

    private void kill(Moment now, KillTask order) {
        var key = TaskKey.of(order.getFrameworkId(), order.getTaskId());
        table.find(key)
                .ifPresentOrElse(
                        task -> kills.asked(now, task, order),
                        () -> launches.killOfUnknown(
                                now, key, registration.agentId().orElseThrow()));
    }

    private void acknowledge(Moment now, AcknowledgeStatus order) {
        var key = TaskKey.of(order.getFrameworkId(), order.getTaskId());
        updates.acknowledge(now, key, order.getUuid())
                .filter(status -> TaskStates.isTerminal(status.getState()))
                .ifPresent(_ -> {
                    updates.close(key);
                    table.forget(key);
                });
    }

    private void update(FrameworkInfo info) {
        var known = table.frameworks().find(new FrameworkId(info.getId().getValue()));
        if (known.isPresent() && !known.get().equals(info)) {
            table.frameworks().update(info);
            recorder.record(new Awaited.Nothing(), Records.framework(info));
        }
    }
}
