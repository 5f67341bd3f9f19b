package dev.proffer.sdk.session;

import com.google.protobuf.ByteString;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.ExecutorID;
import dev.proffer.protocol.v1.Filters;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.KillPolicy;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.OfferID;
import dev.proffer.protocol.v1.OperationStatus;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.sdk.Master;
import dev.proffer.sdk.OfferUse;
import dev.proffer.sdk.TaskOnAgent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Words a scheduler's wishes as calls. */
final class MasterCalls implements Master {
    /** Keeps one call of RECONCILE far below what a master reads at once. */
    private static final int TASKS_PER_RECONCILE = 10_000;

    private final Outbound outbound;
    private final List<String> roles;

    MasterCalls(Outbound outbound, FrameworkInfo framework) {
        this.outbound = outbound;
        this.roles = rolesOf(framework);
    }

    @SuppressWarnings("deprecation") // A framework without MULTI_ROLE has its one role there.
    private static List<String> rolesOf(FrameworkInfo framework) {
        return framework.getRolesCount() > 0 ? List.copyOf(framework.getRolesList()) : List.of(framework.getRole());
    }

    @Override
    public void accept(OfferUse use) {
        if (use.tasks().isEmpty()) {
            decline(List.of(use.offer().getId()), use.filters());
            return;
        }
        var launch = Offer.Operation.newBuilder().setType(Offer.Operation.Type.LAUNCH);
        launch.getLaunchBuilder().addAllTaskInfos(use.tasks());
        accept(List.of(use.offer().getId()), List.of(launch.build()), use.filters());
    }

    @Override
    public void accept(Collection<OfferID> offers, List<Offer.Operation> operations, Filters filters) {
        var call = call(Call.Type.ACCEPT);
        call.getAcceptBuilder()
                .addAllOfferIds(offers)
                .addAllOperations(operations)
                .setFilters(filters);
        outbound.send(call);
    }

    @Override
    public void decline(Collection<Offer> offers) {
        decline(ids(offers), Filters.getDefaultInstance());
    }

    @Override
    public void decline(Collection<Offer> offers, Duration refuse) {
        decline(ids(offers), filters(refuse));
    }

    /** Declines with the master's default filter. */
    void declineIds(List<OfferID> offers) {
        decline(offers, Filters.getDefaultInstance());
    }

    private void decline(List<OfferID> offers, Filters filters) {
        var call = call(Call.Type.DECLINE);
        call.getDeclineBuilder().addAllOfferIds(offers).setFilters(filters);
        outbound.send(call);
    }

    @Override
    public void revive(String... some) {
        var named = List.of(some);
        outbound.note(books -> books.revived(named.isEmpty() ? roles : named));
        var call = call(Call.Type.REVIVE);
        call.getReviveBuilder().addAllRoles(named);
        outbound.send(call);
    }

    @Override
    public void suppress(String... some) {
        var named = List.of(some);
        outbound.note(books -> books.suppressed(named.isEmpty() ? roles : named));
        var call = call(Call.Type.SUPPRESS);
        call.getSuppressBuilder().addAllRoles(named);
        outbound.send(call);
    }

    @Override
    public void kill(TaskID task) {
        kill(Call.Kill.newBuilder().setTaskId(task));
    }

    @Override
    public void kill(TaskID task, KillPolicy policy) {
        kill(Call.Kill.newBuilder().setTaskId(task).setKillPolicy(policy));
    }

    private void kill(Call.Kill.Builder kill) {
        outbound.from(books -> books.agentOf(kill.getTaskId())).ifPresent(kill::setAgentId);
        outbound.send(call(Call.Type.KILL).setKill(kill));
    }

    @Override
    public void reconcile(Collection<TaskOnAgent> tasks) {
        outbound.note(books -> books.wanted(tasks));
        outbound.wake();
    }

    /** Asks what became of these tasks, in as many calls as it takes. */
    void ask(List<TaskOnAgent> tasks) {
        for (int from = 0; from < tasks.size(); from += TASKS_PER_RECONCILE) {
            var call = call(Call.Type.RECONCILE);
            for (var task : tasks.subList(from, Math.min(from + TASKS_PER_RECONCILE, tasks.size()))) {
                var asked = call.getReconcileBuilder().addTasksBuilder().setTaskId(task.task());
                task.agent().ifPresent(asked::setAgentId);
            }
            outbound.send(call);
        }
    }

    @Override
    public void reconcileAll() {
        outbound.send(call(Call.Type.RECONCILE).setReconcile(Call.Reconcile.getDefaultInstance()));
    }

    @Override
    public void acknowledge(TaskStatus status) {
        if (!status.hasUuid()) {
            return; // The master made it up; nobody waits for an acknowledgement.
        }
        var call = call(Call.Type.ACKNOWLEDGE);
        call.getAcknowledgeBuilder()
                .setAgentId(status.getAgentId())
                .setTaskId(status.getTaskId())
                .setUuid(status.getUuid());
        outbound.send(call);
    }

    @Override
    public void acknowledge(OperationStatus status) {
        if (!status.hasUuid()) {
            return; // As with tasks.
        }
        var call = call(Call.Type.ACKNOWLEDGE_OPERATION_STATUS);
        var acknowledge = call.getAcknowledgeOperationStatusBuilder()
                .setAgentId(status.getAgentId())
                .setUuid(status.getUuid().getValue())
                .setOperationId(status.getOperationId());
        if (status.hasResourceProviderId()) {
            acknowledge.setResourceProviderId(status.getResourceProviderId());
        }
        outbound.send(call);
    }

    @Override
    public void acceptInverse(Collection<OfferID> inverseOffers) {
        var call = call(Call.Type.ACCEPT_INVERSE_OFFERS);
        call.getAcceptInverseOffersBuilder().addAllInverseOfferIds(inverseOffers);
        outbound.send(call);
    }

    @Override
    public void declineInverse(Collection<OfferID> inverseOffers, Duration ask) {
        var call = call(Call.Type.DECLINE_INVERSE_OFFERS);
        call.getDeclineInverseOffersBuilder()
                .addAllInverseOfferIds(inverseOffers)
                .setFilters(filters(ask));
        outbound.send(call);
    }

    @Override
    public void message(AgentID agent, ExecutorID executor, ByteString data) {
        var call = call(Call.Type.MESSAGE);
        call.getMessageBuilder().setAgentId(agent).setExecutorId(executor).setData(data);
        outbound.send(call);
    }

    @Override
    public void shutdown(AgentID agent, ExecutorID executor) {
        var call = call(Call.Type.SHUTDOWN);
        call.getShutdownBuilder().setAgentId(agent).setExecutorId(executor);
        outbound.send(call);
    }

    @Override
    public void teardown() {
        outbound.teardown();
    }

    static Call.Builder call(Call.Type type) {
        return Call.newBuilder().setType(type);
    }

    private static List<OfferID> ids(Collection<Offer> offers) {
        return offers.stream().map(Offer::getId).toList();
    }

    private static Filters filters(Duration refuse) {
        return Filters.newBuilder().setRefuseSeconds(refuse.toMillis() / 1000.0).build();
    }
}
