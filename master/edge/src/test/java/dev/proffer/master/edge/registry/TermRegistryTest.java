package dev.proffer.master.edge.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.crds.agent.Agent;
import dev.proffer.crds.agent.AgentSpec;
import dev.proffer.crds.agent.AgentState;
import dev.proffer.master.core.MasterEffect.ForgetAgent;
import dev.proffer.master.core.MasterEffect.StoreAgent;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.master.edge.KubernetesApi;
import dev.proffer.model.Moment;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Agent objects on an API server in this process, which knows neither schema nor fences. */
class TermRegistryTest {
    private static final RegistrySettings SETTINGS =
            new RegistrySettings(KubernetesApi.NAMESPACE, 1000, Duration.ofMillis(10), Duration.ofMillis(100));

    private final KubernetesApi api = new KubernetesApi();
    private final List<TermRegistry> opened = new ArrayList<>();
    private final List<MasterInput> inputs = new CopyOnWriteArrayList<>();
    private volatile boolean full;
    private volatile boolean ready;

    private TermRegistry begin(long term) {
        ready = false;
        var registry =
                new TermRegistry(api.client(), SETTINGS, term, () -> new Moment(System.nanoTime(), Instant.now()));
        opened.add(registry);
        registry.begin(
                agents -> {
                    inputs.add(new MasterInput.RegistryRead(agents));
                    ready = true;
                },
                input -> !full && inputs.add(input));
        await().until(() -> ready);
        return registry;
    }

    @AfterEach
    void close() {
        opened.forEach(TermRegistry::close);
        api.close();
    }

    private NonNamespaceOperation<Agent, KubernetesResourceList<Agent>, Resource<Agent>> objects() {
        return api.client().resources(Agent.class).inNamespace(KubernetesApi.NAMESPACE);
    }

    private List<Agent> all() {
        return objects().list().getItems();
    }

    private Agent object(String name) {
        return objects().withName(name).get();
    }

    private void awaitState(String name, AgentState state) {
        await().until(() -> {
            var object = object(name);
            return object != null
                    && object.getStatus() != null
                    && object.getStatus().state() == state;
        });
    }

    private <I extends MasterInput> List<I> heard(Class<I> kind) {
        return inputs.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void deactivate(String name) {
        objects().withName(name).edit(object -> {
            object.setSpec(new AgentSpec(null, true));
            return object;
        });
    }

    @Test
    void anAdmittedAgentHasAnObjectOfItsMachinesName() {
        var agent = KnownAgents.admitted("m0-S0", "worker-1");

        begin(3).accept(new StoreAgent(agent));

        awaitState("worker-1", AgentState.ACTIVE);
        var status = object("worker-1").getStatus();
        assertThat(status.agentId()).isEqualTo("m0-S0");
        assertThat(status.term()).isEqualTo(3);
        await().until(() -> heard(MasterInput.AgentStored.class).equals(List.of(new MasterInput.AgentStored(agent))));
    }

    @Test
    void theNextTermReadsWhatWasStored() {
        begin(3).accept(new StoreAgent(
                KnownAgents.admitted("m0-S0", "worker-1").with(Standing.UNREACHABLE, KnownAgents.SINCE)));
        awaitState("worker-1", AgentState.UNREACHABLE);

        begin(4);

        assertThat(heard(MasterInput.RegistryRead.class).getLast().agents())
                .singleElement()
                .satisfies(agent -> {
                    assertThat(agent.id().value()).isEqualTo("m0-S0");
                    assertThat(agent.standing()).isEqualTo(Standing.UNREACHABLE);
                    assertThat(agent.since()).isEqualTo(KnownAgents.SINCE);
                });
    }

    @Test
    void whatIsThereAlreadyIsConfirmedWithoutAWrite() {
        var agent = KnownAgents.admitted("m0-S0", "worker-1");
        begin(3).accept(new StoreAgent(agent));
        awaitState("worker-1", AgentState.ACTIVE);
        var version = object("worker-1").getMetadata().getResourceVersion();

        begin(4).accept(new StoreAgent(agent));

        await().until(() -> heard(MasterInput.AgentStored.class).size() == 2);
        assertThat(object("worker-1").getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void aSecondAgentOfTheMachineHasAnObjectOfItsOwn() {
        var registry = begin(1);
        registry.accept(new StoreAgent(KnownAgents.admitted("m0-S0", "worker-1")));
        registry.accept(new StoreAgent(KnownAgents.admitted("m0-S1", "worker-1")));

        await().until(() -> all().size() == 2);
        assertThat(all())
                .extracting(object -> object.getMetadata().getName())
                .allMatch(name -> name.startsWith("worker-1"));
    }

    @Test
    void aMachinesObjectKeepsPeoplesWishesWhenItsAgentIsReplaced() {
        var registry = begin(1);
        registry.accept(new StoreAgent(KnownAgents.admitted("m0-S0", "worker-1")));
        awaitState("worker-1", AgentState.ACTIVE);
        deactivate("worker-1");
        await().until(() -> heard(MasterInput.AgentPolicyChanged.class).size() == 1);

        registry.accept(new ForgetAgent(new dev.proffer.model.AgentId("m0-S0")));
        registry.accept(new StoreAgent(KnownAgents.admitted("m0-S1", "worker-1")));

        await().until(() -> heard(MasterInput.AgentPolicyChanged.class).size() == 2);
        assertThat(heard(MasterInput.AgentPolicyChanged.class).getLast().agent().value())
                .isEqualTo("m0-S1");
        assertThat(all()).hasSize(1);
    }

    @Test
    void aForgottenAgentsObjectIsDeleted() {
        var registry = begin(1);
        registry.accept(new StoreAgent(KnownAgents.admitted("m0-S0", "worker-1")));
        awaitState("worker-1", AgentState.ACTIVE);

        registry.accept(new ForgetAgent(new dev.proffer.model.AgentId("m0-S0")));

        await().until(() -> all().isEmpty());
        await().until(() -> heard(MasterInput.AgentForgotten.class).size() == 1);
    }

    @Test
    void theMasterHearsWhatPeopleWish() {
        begin(1).accept(new StoreAgent(KnownAgents.admitted("m0-S0", "worker-1")));
        awaitState("worker-1", AgentState.ACTIVE);

        deactivate("worker-1");

        await().until(() -> heard(MasterInput.AgentPolicyChanged.class).size() == 1);
        assertThat(heard(MasterInput.AgentPolicyChanged.class)
                        .getFirst()
                        .policy()
                        .deactivated())
                .isTrue();
    }

    @Test
    void anObjectThatPeopleMadeFirstBecomesTheAgents() {
        var object = new Agent();
        object.setMetadata(new ObjectMetaBuilder().withName("worker-1").build());
        object.setSpec(new AgentSpec(null, true));
        objects().resource(object).create();

        begin(1).accept(new StoreAgent(KnownAgents.admitted("m0-S0", "worker-1")));

        await().until(() -> heard(MasterInput.AgentPolicyChanged.class).size() == 1);
        assertThat(all()).hasSize(1);
    }

    @Test
    void thatAnAgentIsGoneIsConfirmedOnceItIsStored() {
        var agent = KnownAgents.admitted("m0-S0", "worker-1");
        var registry = begin(1);
        registry.accept(new StoreAgent(agent));
        awaitState("worker-1", AgentState.ACTIVE);

        registry.accept(new StoreAgent(agent.with(Standing.GONE, KnownAgents.SINCE)));

        await().until(() -> !heard(MasterInput.AgentMarked.class).isEmpty());
        assertThat(object("worker-1").getStatus().state()).isEqualTo(AgentState.GONE);
    }

    @Test
    void anObjectThatWasDeletedByHandIsMadeAgain() {
        begin(1).accept(new StoreAgent(KnownAgents.admitted("m0-S0", "worker-1")));
        awaitState("worker-1", AgentState.ACTIVE);
        var uid = object("worker-1").getMetadata().getUid();

        var _ = objects().withName("worker-1").delete();

        await().until(() -> object("worker-1") != null
                && !uid.equals(object("worker-1").getMetadata().getUid()));
        awaitState("worker-1", AgentState.ACTIVE);
    }

    @Test
    void aChangeByAnotherHandIsNotLost() {
        var agent = KnownAgents.admitted("m0-S0", "worker-1");
        var registry = begin(1);
        registry.accept(new StoreAgent(agent));
        awaitState("worker-1", AgentState.ACTIVE);

        deactivate("worker-1");
        registry.accept(new StoreAgent(agent.with(Standing.UNREACHABLE, KnownAgents.SINCE)));

        awaitState("worker-1", AgentState.UNREACHABLE);
        assertThat(object("worker-1").getSpec().deactivated()).isTrue();
    }

    @Test
    void newsWaitsForRoom() {
        var registry = begin(1);
        full = true;
        registry.accept(new StoreAgent(KnownAgents.admitted("m0-S0", "worker-1")));
        awaitState("worker-1", AgentState.ACTIVE);
        assertThat(heard(MasterInput.AgentStored.class)).isEmpty();

        full = false;

        await().until(() -> heard(MasterInput.AgentStored.class).size() == 1);
    }

    @Test
    void cordonedAndDeletedNodesAreTold() {
        var node = new NodeBuilder()
                .withNewMetadata()
                .withName("worker-1")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
        api.client().nodes().resource(node).create();
        begin(1).accept(new StoreAgent(KnownAgents.admitted("m0-S0", "worker-1")));
        awaitState("worker-1", AgentState.ACTIVE);
        assertThat(heard(MasterInput.NodeChanged.class)).isEmpty();

        cordon(true);
        await().until(() -> told().equals(List.of(new NodeState(true, false))));
        cordon(false);
        await().until(() -> told().size() == 2);
        var _ = api.client().nodes().withName("worker-1").delete();
        await().until(() -> told().size() == 3);

        assertThat(told().subList(1, 3)).containsExactly(NodeState.USUAL, new NodeState(false, true));
    }

    @Test
    void labelsOfNodesAreToldAtTheBeginningAndWhenTheyChange() {
        api.client().nodes().resource(node("r1")).create();
        begin(1);
        await().until(() -> racks().equals(List.of("r1")));

        cordon(true);
        var _ = api.client().nodes().withName("worker-1").edit((Node node) -> {
            node.getMetadata().getLabels().put("rack", "r2");
            return node;
        });

        await().until(() -> racks().equals(List.of("r1", "r2")));
        begin(2);
        await().until(() -> racks().equals(List.of("r1", "r2", "r2")));
    }

    private static Node node(String rack) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("worker-1")
                .addToLabels("rack", rack)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
    }

    private List<String> racks() {
        return heard(MasterInput.NodeLabelled.class).stream()
                .filter(labelled -> labelled.node().equals("worker-1"))
                .map(labelled -> String.valueOf(labelled.labels().byName().get("rack")))
                .toList();
    }

    private void cordon(boolean cordoned) {
        var _ = api.client().nodes().withName("worker-1").edit((Node node) -> {
            node.getSpec().setUnschedulable(cordoned);
            return node;
        });
    }

    private List<NodeState> told() {
        return heard(MasterInput.NodeChanged.class).stream()
                .map(MasterInput.NodeChanged::state)
                .toList();
    }

    @Test
    void aNodeThatWasDeletedWhileNobodyLedIsTold() {
        var node = new NodeBuilder()
                .withNewMetadata()
                .withName("worker-1")
                .endMetadata()
                .build();
        api.client().nodes().resource(node).create();
        begin(1).accept(new StoreAgent(KnownAgents.admitted("m0-S0", "worker-1")));
        awaitState("worker-1", AgentState.ACTIVE);
        opened.getFirst().close();
        var _ = api.client().nodes().withName("worker-1").delete();

        begin(2);

        await().until(() -> told().contains(new NodeState(false, true)));
    }

    @Test
    void aThousandAgentsAreStoredOnceEach() {
        var registry = begin(1);
        var agents = new ArrayList<RegisteredAgent>();
        for (int i = 0; i < 1000; i++) {
            agents.add(KnownAgents.admitted("m0-S" + i, "worker-" + i));
        }
        agents.forEach(agent -> registry.accept(new StoreAgent(agent)));
        agents.forEach(agent -> registry.accept(new StoreAgent(agent)));

        await().atMost(Duration.ofMinutes(1)).until(() -> registry.backlog() == 0);
        assertThat(all()).hasSize(1000);
    }
}
