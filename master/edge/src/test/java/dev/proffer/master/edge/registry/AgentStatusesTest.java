package dev.proffer.master.edge.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.proffer.crds.agent.Agent;
import dev.proffer.crds.agent.AgentSpec;
import dev.proffer.crds.agent.AgentState;
import dev.proffer.crds.agent.Drain;
import dev.proffer.crds.common.AttributeSpec;
import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.Draining;
import dev.proffer.master.core.registry.NodeLabels;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.model.Attribute;
import dev.proffer.model.FaultDomain;
import dev.proffer.model.Resources;
import dev.proffer.protocol.link.Problem;
import dev.proffer.protocol.resources.AttributeConversion;
import dev.proffer.protocol.resources.DomainConversion;
import dev.proffer.protocol.resources.InvalidResourceException;
import dev.proffer.protocol.resources.ResourceReader;
import dev.proffer.protocol.v1.AgentInfo;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgentStatusesTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3600);
    private static final Drain DRAIN = new Drain("5m", "30s", true);

    private static final Problem NO_HOLDER = Problem.newBuilder()
            .setName("NoHolder")
            .setMessage("no pod holds a share of this node: start one")
            .build();

    private final RegisteredAgent agent = KnownAgents.admitted("m0-S0", "worker-1");

    private static Agent object(AgentSpec spec) {
        var object = new Agent();
        object.setMetadata(new ObjectMetaBuilder()
                .withName("worker-1")
                .withGeneration(3L)
                .withAnnotations(Map.of(AgentObjects.PORT, "5051"))
                .build());
        object.setSpec(spec);
        return object;
    }

    private static Agent written(RegisteredAgent agent, Agent object, Instant now) {
        object.setStatus(AgentStatuses.of(agent, object, 7, now));
        return object;
    }

    private static RegisteredAgent read(Agent object) {
        return AgentObjects.read(object, LATER).orElseThrow();
    }

    @Test
    void theStatusSaysWhatTheNextLeaderNeeds() throws InvalidResourceException {
        var read = read(written(agent, object(new AgentSpec(null, null)), NOW));

        assertThat(read.id()).isEqualTo(agent.id());
        assertThat(read.hostname()).isEqualTo("worker-1");
        assertThat(read.info().getPort()).isEqualTo(5051);
        assertThat(ResourceReader.read(read.info().getResourcesList()))
                .isEqualTo(Resources.parse("cpus:2.5;mem:1024;ports:[20000-20009,20020-20029]"));
        assertThat(read.standing()).isEqualTo(Standing.ADMITTED);
        assertThat(read.policy()).isEqualTo(AgentPolicy.NONE);
    }

    @Test
    void poolAttributesAndFaultDomainOutliveTheLeader() {
        var described = KnownAgents.of(
                agent,
                "general",
                info -> info.setDomain(DomainConversion.write(new FaultDomain("eu", "eu-1")))
                        .addAllAttributes(AttributeConversion.write(List.of(
                                Attribute.text("rack", "7"),
                                Attribute.parse("level:2.5").getFirst()))));

        var object = written(described, object(new AgentSpec(null, null)), NOW);

        assertThat(object.getStatus().pool()).isEqualTo("general");
        assertThat(object.getStatus().attributes())
                .containsExactly(new AttributeSpec("rack", "7"), new AttributeSpec("level", "2.5"));
        assertThat(object.getStatus().region()).isEqualTo("eu");
        var read = read(object);
        assertThat(read.pool()).contains("general");
        assertThat(NodeLabels.recorded(read.info()).byName())
                .containsEntry("rack", "7")
                .containsEntry(NodeLabels.ZONE, "eu-1");
    }

    @Test
    void anAgentThatIsOfferedIsReady() {
        var status = written(agent, object(new AgentSpec(null, null)), NOW).getStatus();

        assertThat(status.state()).isEqualTo(AgentState.ACTIVE);
        assertThat(status.term()).isEqualTo(7);
        assertThat(status.observedGeneration()).isEqualTo(3);
        assertThat(status.lastSeen()).isNull();
        assertThat(status.conditions())
                .extracting(condition -> condition.getType() + " " + condition.getReason())
                .containsExactly("Ready Offered", "Healthy NoProblem");
        assertThat(status.conditions()).allSatisfy(ready -> {
            assertThat(ready.getStatus()).isEqualTo("True");
            assertThat(ready.getLastTransitionTime()).isEqualTo("2026-02-01T00:00:00Z");
        });
    }

    @Test
    void anAgentThatCanOfferNothingSaysWhy() {
        var nothing = agent.info().toBuilder().clearResources().build();
        var status =
                written(with(nothing), object(new AgentSpec(null, null)), NOW).getStatus();

        assertThat(status.state()).isEqualTo(AgentState.UNHEALTHY);
        assertThat(status.message()).isEqualTo(NO_HOLDER.getMessage());
        assertThat(status.conditions())
                .extracting(
                        condition -> condition.getType(),
                        condition -> condition.getStatus(),
                        condition -> condition.getReason(),
                        condition -> condition.getMessage())
                .containsExactly(
                        tuple("Ready", "False", "NoHolder", NO_HOLDER.getMessage()),
                        tuple("Healthy", "False", "NoHolder", NO_HOLDER.getMessage()));
    }

    @Test
    void anAgentThatOffersLessThanItShouldIsOfferedAndSaysWhy() {
        var status = written(with(agent.info()), object(new AgentSpec(null, null)), NOW)
                .getStatus();

        assertThat(status.state()).isEqualTo(AgentState.ACTIVE);
        assertThat(status.message()).isEqualTo(NO_HOLDER.getMessage());
        assertThat(status.conditions())
                .extracting(condition -> condition.getStatus())
                .containsExactly("True", "False");
    }

    @Test
    void problemsAreReadBack() {
        var object = written(with(agent.info()), object(new AgentSpec(null, null)), NOW);

        assertThat(read(object).problems()).containsExactly(NO_HOLDER);
    }

    @Test
    void longComplaintsFitTheSchema() {
        var problem = Problem.newBuilder()
                .setName("Long")
                .setMessage("x".repeat(5000))
                .build();

        assertThat(AgentConditions.complaint(List.of(problem))).hasSize(1024).endsWith("x…");
    }

    private RegisteredAgent with(AgentInfo info) {
        return new RegisteredAgent(
                agent.id(),
                info,
                agent.pool(),
                agent.version(),
                agent.standing(),
                agent.since(),
                agent.draining(),
                agent.policy(),
                agent.node(),
                List.of(NO_HOLDER));
    }

    /** So that a new leader does not write all objects anew. */
    @Test
    void aNewTermAloneChangesNothing() {
        var object = written(agent, object(new AgentSpec(null, null)), NOW);

        assertThat(AgentStatuses.of(agent, object, 8, LATER)).isEqualTo(object.getStatus());
    }

    @Test
    void aChangeIsWrittenInThePresentTerm() {
        var object = written(agent, object(new AgentSpec(null, null)), NOW);

        var status = AgentStatuses.of(agent.with(Standing.UNREACHABLE, LATER), object, 8, LATER);

        assertThat(status.term()).isEqualTo(8);
        assertThat(status.state()).isEqualTo(AgentState.UNREACHABLE);
        assertThat(status.lastSeen()).isEqualTo(LATER.toString());
        assertThat(status.conditions().getFirst().getLastTransitionTime()).isEqualTo(LATER.toString());
    }

    @Test
    void unreachableAndGoneAgentsAreReadAsSuch() {
        var lost = agent.with(Standing.UNREACHABLE, NOW);
        assertThat(read(written(lost, object(new AgentSpec(null, null)), NOW)).standing())
                .isEqualTo(Standing.UNREACHABLE);
        assertThat(read(written(lost, object(new AgentSpec(null, null)), NOW)).since())
                .isEqualTo(NOW);
        assertThat(read(written(agent.with(Standing.GONE, NOW), object(new AgentSpec(null, null)), NOW))
                        .standing())
                .isEqualTo(Standing.GONE);
    }

    @Test
    void whatPeopleWishIsRead() {
        var policy = AgentObjects.policy(new AgentSpec(DRAIN, true));

        assertThat(policy.deactivated()).isTrue();
        assertThat(policy.drain())
                .contains(new dev.proffer.master.core.registry.Drain(
                        Duration.ofMinutes(5), Optional.of(Duration.ofSeconds(30)), true));
        assertThat(AgentObjects.policy(null)).isEqualTo(AgentPolicy.NONE);
    }

    @Test
    void aDrainsBeginningOutlivesTheLeader() {
        var spec = new AgentSpec(DRAIN, null);
        var policy = AgentObjects.policy(spec);
        var begun = KnownAgents.draining(agent, policy, new Draining(NOW, false));

        var object = written(begun, object(spec), LATER);

        assertThat(object.getStatus().state()).isEqualTo(AgentState.DRAINING);
        assertThat(read(object).draining()).contains(new Draining(NOW, false));
        written(KnownAgents.draining(agent, policy, new Draining(NOW, true)), object, LATER);
        assertThat(object.getStatus().state()).isEqualTo(AgentState.DRAINED);
        assertThat(read(object).draining()).contains(new Draining(LATER, true));
    }

    @Test
    void whyAnAgentIsNotOfferedIsSaid() {
        var cordoned = agent.with(new NodeState(true, false));
        var deactivated = agent.with(new AgentPolicy(true, Optional.empty(), Optional.empty()));

        assertThat(written(cordoned, object(new AgentSpec(null, null)), NOW)
                        .getStatus()
                        .message())
                .isEqualTo("its node is cordoned");
        assertThat(written(deactivated, object(new AgentSpec(null, true)), NOW)
                        .getStatus()
                        .message())
                .isEqualTo("spec.deactivated says so");
    }

    @Test
    void aSpecThatTheMasterHasNotHeardOfIsNotObserved() {
        var object = written(agent, object(new AgentSpec(null, null)), NOW);
        object.setSpec(new AgentSpec(null, true));
        object.getMetadata().setGeneration(4L);

        assertThat(AgentStatuses.of(agent, object, 7, NOW).observedGeneration()).isEqualTo(3);
    }

    @Test
    void anObjectThatNoAgentHasRegisteredForIsNoAgent() {
        assertThat(AgentObjects.read(object(new AgentSpec(DRAIN, null)), NOW)).isEmpty();
    }
}
