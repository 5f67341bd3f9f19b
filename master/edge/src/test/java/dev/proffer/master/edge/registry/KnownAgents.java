package dev.proffer.master.edge.registry;

import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.Draining;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.model.AgentId;
import dev.proffer.model.Resources;
import dev.proffer.protocol.resources.ReservationFormat;
import dev.proffer.protocol.resources.ResourceWriter;
import dev.proffer.protocol.v1.AgentInfo;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Agents as the master has them stored. */
final class KnownAgents {
    static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    private KnownAgents() {}

    static RegisteredAgent admitted(String id, String host) {
        var info = AgentInfo.newBuilder()
                .setHostname(host)
                .setPort(5051)
                .addAllResources(ResourceWriter.write(
                        Resources.parse("cpus:2.5;mem:1024;ports:[20000-20009,20020-20029]"),
                        ReservationFormat.REFINED,
                        Optional.empty()));
        info.getIdBuilder().setValue(id);
        return new RegisteredAgent(
                new AgentId(id),
                info.build(),
                Optional.empty(),
                "0.1.0",
                Standing.ADMITTED,
                SINCE,
                Optional.empty(),
                AgentPolicy.NONE,
                NodeState.USUAL);
    }

    static RegisteredAgent of(RegisteredAgent agent, String pool, UnaryOperator<AgentInfo.Builder> more) {
        return new RegisteredAgent(
                agent.id(),
                more.apply(agent.info().toBuilder()).build(),
                Optional.of(pool),
                agent.version(),
                agent.standing(),
                agent.since(),
                agent.draining(),
                agent.policy(),
                agent.node());
    }

    static RegisteredAgent draining(RegisteredAgent agent, AgentPolicy policy, Draining progress) {
        return new RegisteredAgent(
                agent.id(),
                agent.info(),
                agent.pool(),
                agent.version(),
                agent.standing(),
                agent.since(),
                Optional.of(progress),
                policy,
                agent.node());
    }
}
