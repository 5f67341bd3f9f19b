package dev.proffer.master.edge.registry;

import dev.proffer.crds.agent.Agent;
import dev.proffer.crds.agent.AgentState;
import dev.proffer.crds.agent.AgentStatus;
import dev.proffer.crds.common.Amounts;
import dev.proffer.crds.common.ResourceAmount;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.model.FaultDomain;
import dev.proffer.model.Ranges;
import dev.proffer.model.Resources;
import dev.proffer.model.Scalar;
import dev.proffer.protocol.link.Problem;
import dev.proffer.protocol.resources.DomainConversion;
import dev.proffer.protocol.resources.InvalidResourceException;
import dev.proffer.protocol.resources.ResourceReader;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the status of an Agent object is to say. */
final class AgentStatuses {
    /** As the schema has it. */
    private static final int LONGEST_RANGES = 256;

    private AgentStatuses() {}

    /**
     * The object's status to be. It equals the present one if nothing changed but the term.
     *
     * @param object as it is
     */
    static AgentStatus of(RegisteredAgent agent, Agent object, long term, Instant now) {
        var before = object.getStatus();
        var state = state(agent);
        var message = message(agent, state);
        var info = agent.info();
        var domain = DomainConversion.read(info.getDomain());
        var wanted = new AgentStatus(
                observedGeneration(agent, object),
                conditions(agent, before, state, message, now),
                before == null ? Long.valueOf(term) : before.term(),
                agent.id().value(),
                agent.hostname(),
                agent.pool().orElse(null),
                state,
                resources(agent),
                RecordedAttributes.of(info),
                domain.map(FaultDomain::region).orElse(null),
                domain.map(FaultDomain::zone).orElse(null),
                agent.version(),
                agent.standing() == Standing.ADMITTED
                        ? null
                        : agent.since().truncatedTo(ChronoUnit.SECONDS).toString(),
                message);
        return wanted.equals(before) ? wanted : inTerm(wanted, term);
    }

    private static AgentStatus inTerm(AgentStatus status, long term) {
        return new AgentStatus(
                status.observedGeneration(),
                status.conditions(),
                term,
                status.agentId(),
                status.node(),
                status.pool(),
                status.state(),
                status.resources(),
                status.attributes(),
                status.region(),
                status.zone(),
                status.version(),
                status.lastSeen(),
                status.message());
    }

    /** The generation of a spec that the master has not heard of yet is not observed. */
    private static @Nullable Long observedGeneration(RegisteredAgent agent, Agent object) {
        if (AgentObjects.policy(object.getSpec()).equals(agent.policy())) {
            return object.getMetadata().getGeneration();
        }
        return object.getStatus() == null ? null : object.getStatus().observedGeneration();
    }

    private static AgentState state(RegisteredAgent agent) {
        return switch (agent.standing()) {
            case GONE -> AgentState.GONE;
            case UNREACHABLE -> AgentState.UNREACHABLE;
            case ADMITTED ->
                agent.draining()
                        .map(draining -> draining.done() ? AgentState.DRAINED : AgentState.DRAINING)
                        .orElseGet(() -> stateByWish(agent));
        };
    }

    private static AgentState stateByWish(RegisteredAgent agent) {
        if (!isOffered(agent)) {
            return AgentState.DEACTIVATED;
        }
        boolean unhealthy =
                !agent.problems().isEmpty() && agent.info().getResourcesList().isEmpty();
        return unhealthy ? AgentState.UNHEALTHY : AgentState.ACTIVE;
    }

    private static boolean isOffered(RegisteredAgent agent) {
        return agent.policy().admitsOffers() && agent.node().admitsOffers();
    }

    private static @Nullable String message(RegisteredAgent agent, AgentState state) {
        return switch (state) {
            case ACTIVE -> agent.problems().isEmpty() ? null : AgentConditions.complaint(agent.problems());
            case UNHEALTHY -> AgentConditions.complaint(agent.problems());
            case UNREACHABLE -> "it gave no sign for too long; it may come back";
            case GONE -> "it will not be let in again under its id";
            case DRAINING -> "its tasks are going; remove spec.drain to end this";
            case DRAINED -> "it is empty; remove spec.drain to have it offered again";
            case DEACTIVATED -> {
                if (agent.policy().deactivated()) {
                    yield "spec.deactivated says so";
                }
                yield agent.node().deleted() ? "its node was deleted" : "its node is cordoned";
            }
        };
    }

    private static List<Condition> conditions(
            RegisteredAgent agent,
            @Nullable AgentStatus before,
            AgentState state,
            @Nullable String message,
            Instant now) {
        var conditions = new ArrayList<Condition>();
        boolean ready = state == AgentState.ACTIVE;
        var reason = switch (state) {
            case ACTIVE, UNHEALTHY ->
                agent.problems().stream().map(Problem::getName).findFirst().orElse("Offered");
            case UNREACHABLE, DEACTIVATED, DRAINING, DRAINED, GONE ->
                state.name().charAt(0) + state.name().substring(1).toLowerCase(Locale.ROOT);
        };
        conditions.add(AgentConditions.ready(ready, reason, message == null ? "it is offered" : message, now));
        conditions.add(AgentConditions.healthy(agent.problems(), now));
        agent.draining().ifPresent(draining -> conditions.add(AgentConditions.drained(draining, now)));
        return AgentConditions.merged(before == null ? List.of() : before.conditions(), conditions);
    }

    /** All that it has, reserved or not; sets of names have no amount. */
    private static List<ResourceAmount> resources(RegisteredAgent agent) {
        Resources total;
        try {
            total = ResourceReader.read(agent.info().getResourcesList());
        } catch (InvalidResourceException spoilt) {
            return List.of();
        }
        var amounts = new ArrayList<ResourceAmount>();
        total.scalars()
                .forEach((name, thousandths) ->
                        amounts.add(new ResourceAmount(name, Amounts.quantity(name, new Scalar(thousandths)), null)));
        var names = new TreeSet<String>();
        total.forEach(resource -> names.add(resource.name()));
        for (var name : names) {
            total.ranges(name)
                    .map(AgentStatuses::text)
                    .filter(text -> !text.isEmpty() && text.length() <= LONGEST_RANGES)
                    .ifPresent(text -> amounts.add(new ResourceAmount(name, null, text)));
        }
        return amounts;
    }

    private static String text(Ranges ranges) {
        return ranges.ranges().stream()
                .map(range -> range.begin() + "-" + range.end())
                .collect(Collectors.joining(","));
    }
}
