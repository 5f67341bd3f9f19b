package dev.proffer.master.core;

import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.frameworks.FrameworkUpdates;
import dev.proffer.master.core.frameworks.Removals;
import dev.proffer.master.core.frameworks.RolePreferences;
import dev.proffer.master.core.offers.Answers;
import dev.proffer.master.core.offers.InverseOffering;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.tasks.Kills;
import dev.proffer.master.core.tasks.Reconciliation;
import dev.proffer.master.core.tasks.StatusUpdates;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Principal;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.Optional;

/** Judges who calls, answers, and hands the call to the room that it concerns. */
final class SchedulerCalls {
    private final Cluster cluster;
    private final Rooms rooms;
    private final Outbox outbox;

    /** Where calls are carried out. */
    record Rooms(
            Answers answers,
            InverseOffering inverseOffering,
            RolePreferences rolePreferences,
            Kills kills,
            StatusUpdates statusUpdates,
            Reconciliation reconciliation,
            Removals removals,
            FrameworkUpdates updates) {}

    SchedulerCalls(Cluster cluster, Rooms rooms, Outbox outbox) {
        this.cluster = cluster;
        this.rooms = rooms;
        this.outbox = outbox;
    }

    void call(Moment now, MasterInput.SchedulerCall input) {
        var call = input.call();
        var framework =
                cluster.frameworks().find(new FrameworkId(call.getFrameworkId().getValue()));
        if (framework.isEmpty()) {
            outbox.refuse(
                    input.request(),
                    400,
                    "Framework '" + call.getFrameworkId().getValue() + "' is not known here; subscribe first");
            return;
        }
        var refusal = callerProblem(input, framework.get());
        if (refusal.isPresent()) {
            outbox.refuse(input.request(), refusal.get().status(), refusal.get().text());
            return;
        }
        carryOut(now, input, framework.get());
    }

    /** Mesos' checks in Mesos' order. */
    private static Optional<CallValidation.Refusal> callerProblem(
            MasterInput.SchedulerCall input, Framework framework) {
        var caller = input.principal().map(Principal::name);
        if (!caller.equals(owner(framework, caller))) {
            return refusal(
                    400,
                    "Principal '" + input.principal().orElse(Principal.ANONYMOUS) + "' cannot call for framework '"
                            + framework.id()
                            + "', which belongs to another; call with the credentials of its SUBSCRIBE");
        }
        if (!framework.isConnected()) {
            return refusal(403, "Framework '" + framework.id() + "' is not subscribed; subscribe again");
        }
        if (input.stream().isEmpty()) {
            return refusal(400, "The header 'Mesos-Stream-Id' must be set to the value that SUBSCRIBE answered");
        }
        var stream = input.stream().get();
        return framework.stream().filter(stream::equals).isPresent()
                ? Optional.empty()
                : refusal(
                        400,
                        "'Mesos-Stream-Id' is '" + stream.value() + "', which is not the current stream of framework '"
                                + framework.id() + "'");
    }

    /** Who subscribed. Of a framework that has not, only what its agents know: anybody else may not pass for it. */
    private static Optional<String> owner(Framework framework, Optional<String> caller) {
        if (!framework.isRecovered()) {
            return framework.principal().map(Principal::name);
        }
        return framework.info().hasPrincipal() && caller.isPresent()
                ? Optional.of(framework.info().getPrincipal())
                : caller;
    }

    private static Optional<CallValidation.Refusal> refusal(int status, String text) {
        return Optional.of(new CallValidation.Refusal(status, text));
    }

    /** The answer goes out before what the call brings about. */
    private void carryOut(Moment now, MasterInput.SchedulerCall input, Framework framework) {
        var call = input.call();
        if (call.getType() == Call.Type.UPDATE_FRAMEWORK) {
            updateFramework(now, input, framework);
            return;
        }
        deed(now, framework, call)
                .ifPresentOrElse(
                        deed -> {
                            outbox.accept(input.request());
                            deed.run();
                        },
                        () -> outbox.refuse(
                                input.request(), 501, "Calls of type " + call.getType() + " are not supported yet"));
    }

    /** Answered when it is known what comes of it. */
    private void updateFramework(Moment now, MasterInput.SchedulerCall input, Framework framework) {
        var update = input.call().getUpdateFramework();
        rooms.updates
                .problemWith(framework, update)
                .ifPresentOrElse(refusal -> outbox.refuse(input.request(), refusal.status(), refusal.text()), () -> {
                    outbox.done(input.request());
                    rooms.updates.update(now, framework, update);
                });
    }

    private Optional<Runnable> deed(Moment now, Framework framework, Call call) {
        return switch (call.getType()) {
            case TEARDOWN -> Optional.of(() -> rooms.removals.remove(now, framework));
            case ACCEPT -> Optional.of(() -> rooms.answers.accept(now, framework, call.getAccept()));
            case DECLINE -> Optional.of(() -> rooms.answers.decline(now, framework, call.getDecline()));
            case ACCEPT_INVERSE_OFFERS ->
                Optional.of(() -> rooms.inverseOffering.accept(now, framework, call.getAcceptInverseOffers()));
            case DECLINE_INVERSE_OFFERS ->
                Optional.of(() -> rooms.inverseOffering.decline(now, framework, call.getDeclineInverseOffers()));
            case REVIVE ->
                Optional.of(() -> rooms.rolePreferences.revive(
                        now, framework, call.getRevive().getRolesList()));
            case SUPPRESS ->
                Optional.of(() -> rooms.rolePreferences.suppress(
                        now, framework, call.getSuppress().getRolesList()));
            case KILL -> Optional.of(() -> rooms.kills.kill(now, framework, call.getKill()));
            case ACKNOWLEDGE -> Optional.of(() -> rooms.statusUpdates.acknowledge(framework, call.getAcknowledge()));
            case RECONCILE -> Optional.of(() -> rooms.reconciliation.reconcile(now, framework, call.getReconcile()));
            // Mesos' allocator ignores requests, and so does ours.
            case REQUEST -> Optional.of(() -> {});
            case UNKNOWN,
                    SUBSCRIBE,
                    SHUTDOWN,
                    MESSAGE,
                    ACKNOWLEDGE_OPERATION_STATUS,
                    RECONCILE_OPERATIONS,
                    UPDATE_FRAMEWORK -> Optional.empty();
        };
    }
}
