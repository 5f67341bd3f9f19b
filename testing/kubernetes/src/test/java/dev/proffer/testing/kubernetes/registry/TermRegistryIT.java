package dev.proffer.testing.kubernetes.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.crds.agent.Agent;
import dev.proffer.crds.agent.AgentState;
import dev.proffer.master.core.MasterEffect.StoreAgent;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.master.edge.registry.RegistrySettings;
import dev.proffer.master.edge.registry.TermRegistry;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.model.Resources;
import dev.proffer.protocol.resources.ReservationFormat;
import dev.proffer.protocol.resources.ResourceWriter;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.testing.kubernetes.Access;
import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.kubernetes.crds.InstalledCrds;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the leader keeps of agents, on an API server that judges it by our schema and fences. */
class TermRegistryIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.shared();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<TermRegistry> open = new ArrayList<>();
    private final List<MasterInput> inputs = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void install() {
        InstalledCrds.on(kubernetes);
    }

    @BeforeEach
    void beNoLongerPatientThanThat() {
        org.awaitility.Awaitility.setDefaultTimeout(PATIENCE);
    }

    @AfterEach
    void close() {
        open.forEach(TermRegistry::close);
    }

    private TermRegistry begin(long term) {
        return begin(term, kubernetes.access());
    }

    private TermRegistry begin(long term, Access access) {
        int before = heard(MasterInput.RegistryRead.class).size();
        var settings = new RegistrySettings(kubernetes.namespace(), 100, Duration.ofMillis(100), Duration.ofSeconds(1));
        var registry = new TermRegistry(
                kubernetes.client(access), settings, term, () -> new Moment(System.nanoTime(), Instant.now()));
        open.add(registry);
        registry.begin(agents -> inputs.add(new MasterInput.RegistryRead(agents)), inputs::add);
        await().until(() -> heard(MasterInput.RegistryRead.class).size() > before);
        return registry;
    }

    private <I extends MasterInput> List<I> heard(Class<I> kind) {
        return inputs.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static RegisteredAgent agent(int number) {
        var id = "m0-S" + number;
        var info = AgentInfo.newBuilder()
                .setHostname("worker-" + number)
                .setPort(5051)
                .addAllResources(ResourceWriter.write(
                        Resources.parse("cpus:3.5;mem:2048;disk:0.5;gpus:1;ports:[20000-29999];zones:{a,b}"),
                        ReservationFormat.REFINED,
                        Optional.empty()));
        info.getIdBuilder().setValue(id);
        return new RegisteredAgent(
                new AgentId(id),
                info.build(),
                Optional.empty(),
                "0.1.0",
                Standing.ADMITTED,
                Instant.now(),
                Optional.empty(),
                AgentPolicy.NONE,
                NodeState.USUAL);
    }

    private NonNamespaceOperation<Agent, KubernetesResourceList<Agent>, Resource<Agent>> objects() {
        return kubernetes.admin().resources(Agent.class).inNamespace(kubernetes.namespace());
    }

    private void awaitState(String name, AgentState state) {
        await().until(() -> {
            var object = objects().withName(name).get();
            return object != null
                    && object.getStatus() != null
                    && object.getStatus().state() == state;
        });
    }

    @Test
    void peopleSeeAnAdmittedAgent() {
        begin(1).accept(new StoreAgent(agent(1)));
        awaitState("worker-1", AgentState.ACTIVE);

        assertThat(kubernetes.kubectl().get("get", "pagent"))
                .contains("worker-1", "Active", "3500m", "2048Mi", "0.1.0");
    }

    @Test
    void peopleDeactivateAndDrainByKubectl() {
        begin(1).accept(new StoreAgent(agent(1)));
        awaitState("worker-1", AgentState.ACTIVE);

        kubernetes
                .kubectl()
                .get(
                        "patch",
                        "pagent",
                        "worker-1",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"drain\":{\"after\":\"1m30s\"}}}");

        await().until(() -> heard(MasterInput.AgentPolicyChanged.class).size() == 1);
        var drain = heard(MasterInput.AgentPolicyChanged.class)
                .getFirst()
                .policy()
                .drain()
                .orElseThrow();
        assertThat(drain.after()).isEqualTo(Duration.ofSeconds(90));
        assertThat(drain.markGone()).isFalse();
    }

    /** The API server itself refuses what the leader of a term writes that is over. */
    @Test
    void aStaleLeaderWritesNothing() {
        var stale = begin(4);
        var next = begin(5);
        next.accept(new StoreAgent(agent(1)));
        awaitState("worker-1", AgentState.ACTIVE);

        stale.accept(new StoreAgent(agent(1).with(Standing.GONE, Instant.now())));
        stale.accept(new StoreAgent(agent(2)));

        awaitState("worker-2", AgentState.ACTIVE);
        assertThat(objects().withName("worker-1").get().getStatus().state()).isEqualTo(AgentState.ACTIVE);
        assertThat(heard(MasterInput.AgentMarked.class)).isEmpty();
    }

    @Test
    void theNextLeaderReadsAllPages() {
        var first = begin(1);
        IntStream.range(0, 600).forEach(number -> first.accept(new StoreAgent(agent(number))));
        await().until(() -> first.backlog() == 0);
        awaitState("worker-599", AgentState.ACTIVE);

        begin(2);

        assertThat(heard(MasterInput.RegistryRead.class).getLast().agents())
                .hasSize(600)
                .allMatch(agent -> agent.standing() == Standing.ADMITTED);
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenWhenTheApiServerIsBack() {
        var proxy = kubernetes.proxy();
        var registry = begin(1, kubernetes.access().through(proxy));
        proxy.cut();
        registry.accept(new StoreAgent(agent(1)));
        registry.accept(new StoreAgent(agent(1).with(Standing.UNREACHABLE, Instant.now())));
        registry.accept(new StoreAgent(agent(2)));

        proxy.mend();

        awaitState("worker-1", AgentState.UNREACHABLE);
        awaitState("worker-2", AgentState.ACTIVE);
        assertThat(heard(MasterInput.AgentStored.class)).hasSize(2);
    }

    @Test
    void whatPeopleWishMeanwhileIsHeardWhenTheApiServerIsBack() {
        var proxy = kubernetes.proxy();
        begin(1, kubernetes.access().through(proxy)).accept(new StoreAgent(agent(1)));
        awaitState("worker-1", AgentState.ACTIVE);
        proxy.cut();
        kubernetes
                .kubectl()
                .get("patch", "pagent", "worker-1", "--type=merge", "-p", "{\"spec\":{\"deactivated\":true}}");

        proxy.mend();

        await().until(() -> heard(MasterInput.AgentPolicyChanged.class).size() == 1);
    }
}
