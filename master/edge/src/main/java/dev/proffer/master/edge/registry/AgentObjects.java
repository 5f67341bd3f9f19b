package dev.proffer.master.edge.registry;

import dev.proffer.crds.agent.Agent;
import dev.proffer.crds.agent.AgentSpec;
import dev.proffer.crds.agent.AgentState;
import dev.proffer.crds.agent.AgentStatus;
import dev.proffer.crds.common.Amounts;
import dev.proffer.crds.common.Durations;
import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.Drain;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.model.AgentId;
import dev.proffer.model.FaultDomain;
import dev.proffer.model.Resources;
import dev.proffer.protocol.resources.DomainConversion;
import dev.proffer.protocol.resources.ReservationFormat;
import dev.proffer.protocol.resources.ResourceWriter;
import dev.proffer.protocol.v1.AgentInfo;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what Agent objects say. What somebody has spoilt counts as not there. */
final class AgentObjects {
    /** At which port of its machine the agent answers; tells apart those that share one. */
    static final String PORT = "proffer.dev/port";

    /** The UID of the machine's Node, of machines that are Nodes. */
    static final String NODE = "proffer.dev/node-uid";

    private AgentObjects() {}

    /** The agent whose object this is; empty if none has registered for it yet. */
    static Optional<AgentId> agent(Agent object) {
        return Optional.ofNullable(object.getStatus())
                .map(AgentStatus::agentId)
                .filter(id -> !id.isEmpty())
                .map(AgentId::new);
    }

    static Optional<RegisteredAgent> read(Agent object, Instant now) {
        return agent(object).map(id -> read(object, id, object.getStatus(), now));
    }

    private static RegisteredAgent read(Agent object, AgentId id, AgentStatus status, Instant now) {
        var since = time(status.lastSeen())
                .or(() -> AgentConditions.since(status.conditions(), AgentConditions.READY))
                .orElse(now);
        return new RegisteredAgent(
                id,
                info(object, id, status),
                Optional.ofNullable(status.pool()),
                status.version() == null ? "" : status.version(),
                standing(status.state()),
                since,
                AgentConditions.draining(status.conditions()),
                policy(object.getSpec()),
                NodeState.USUAL,
                AgentConditions.problems(status.conditions()));
    }

    private static AgentInfo info(Agent object, AgentId id, AgentStatus status) {
        var info = AgentInfo.newBuilder()
                .setHostname(host(object))
                .addAllResources(ResourceWriter.write(resources(status), ReservationFormat.REFINED, Optional.empty()))
                .addAllAttributes(RecordedAttributes.read(status));
        if (status.region() != null && status.zone() != null) {
            info.setDomain(DomainConversion.write(new FaultDomain(status.region(), status.zone())));
        }
        port(object).ifPresent(info::setPort);
        info.getIdBuilder().setValue(id.value());
        return info.build();
    }

    private static Resources resources(AgentStatus status) {
        try {
            return Amounts.resources(status.resources());
        } catch (IllegalArgumentException spoilt) {
            return Resources.EMPTY;
        }
    }

    /** Whether its machine was a Node when it registered. */
    static boolean hadNode(Agent object) {
        var annotations = object.getMetadata().getAnnotations();
        return annotations != null
                && annotations.containsKey(NODE)
                && agent(object).isPresent();
    }

    /** The name of its machine. */
    static String host(Agent object) {
        var status = object.getStatus();
        return status == null || status.node() == null ? object.getMetadata().getName() : status.node();
    }

    private static Optional<Integer> port(Agent object) {
        var annotations = object.getMetadata().getAnnotations();
        try {
            return annotations == null || !annotations.containsKey(PORT)
                    ? Optional.empty()
                    : Optional.of(Integer.parseInt(annotations.get(PORT)));
        } catch (NumberFormatException spoilt) {
            return Optional.empty();
        }
    }

    private static Standing standing(@Nullable AgentState state) {
        return switch (state) {
            case UNREACHABLE -> Standing.UNREACHABLE;
            case GONE -> Standing.GONE;
            case ACTIVE, UNHEALTHY, DEACTIVATED, DRAINING, DRAINED -> Standing.ADMITTED;
            case null -> Standing.ADMITTED;
        };
    }

    static AgentPolicy policy(@Nullable AgentSpec spec) {
        if (spec == null) {
            return AgentPolicy.NONE;
        }
        return new AgentPolicy(
                spec.deactivated(), Optional.ofNullable(spec.drain()).map(AgentObjects::drain), Optional.empty());
    }

    /** The API server has judged how times are written; one that it let pass in spite of that means the least. */
    private static Drain drain(dev.proffer.crds.agent.Drain wish) {
        return new Drain(
                duration(wish.after()).orElse(Duration.ZERO),
                Optional.ofNullable(wish.maxGracePeriod()).flatMap(AgentObjects::duration),
                wish.markGone());
    }

    private static Optional<Duration> duration(String text) {
        try {
            return Optional.of(Durations.parse(text));
        } catch (IllegalArgumentException spoilt) {
            return Optional.empty();
        }
    }

    static Optional<Instant> time(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException spoilt) {
            return Optional.empty();
        }
    }
}
