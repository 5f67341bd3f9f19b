package dev.proffer.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.HierarchicalAllocator;
import dev.proffer.master.core.policy.AgentPools;
import dev.proffer.master.core.policy.AgentSelector;
import dev.proffer.master.core.policy.DeclaredReservation;
import dev.proffer.master.core.policy.Policy;
import dev.proffer.master.core.registry.NodeLabels;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.Tasks;
import dev.proffer.master.core.scenario.TestAgent;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.model.AgentId;
import dev.proffer.model.FaultDomain;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.resources.DomainConversion;
import dev.proffer.protocol.v1.Attribute;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the labels of a node make of its agent. */
class LabellingTest {
    private static final Policy POLICY = Policy.OPEN.withPools(AgentPools.of("general", List.of("rack", "disk")));

    private final MasterScenario master = new MasterScenario();

    private static MasterInput labelled(TestAgent agent, String... labels) {
        var byName = new TreeMap<String, String>();
        for (int i = 0; i < labels.length; i += 2) {
            byName.put(labels[i], labels[i + 1]);
        }
        return new MasterInput.NodeLabelled(agent.info().getHostname(), new NodeLabels(byName));
    }

    private static TestAgent ofPool(MasterScenario scenario) {
        var agent = scenario.agent("cpus:2;mem:512");
        agent.hello().setPool("general");
        return agent;
    }

    private TestScheduler underPolicy() {
        master.apply(new MasterInput.PolicyChanged(POLICY));
        return master.subscribed();
    }

    private static Map<String, String> attributes(Offer offer) {
        var byName = new TreeMap<String, String>();
        for (var attribute : offer.getAttributesList()) {
            byName.put(attribute.getName(), attribute.getText().getValue());
        }
        return byName;
    }

    @Test
    void theFirstOfferCarriesTheLabelsThatThePoolNames() {
        var scheduler = underPolicy();
        var agent = ofPool(master);
        master.apply(labelled(agent, "rack", "r7", "kubernetes.io/os", "linux"));

        agent.register();

        assertThat(scheduler.offers()).hasSize(1);
        assertThat(attributes(scheduler.lastOffer())).isEqualTo(Map.of("rack", "r7"));
    }

    @Test
    void zoneAndRegionBecomeTheFaultDomain() {
        var scheduler = underPolicy();
        var agent = ofPool(master);
        master.apply(labelled(agent, NodeLabels.REGION, "eu", NodeLabels.ZONE, "eu-2"));

        agent.register();

        assertThat(DomainConversion.read(scheduler.lastOffer().getDomain())).contains(new FaultDomain("eu", "eu-2"));
    }

    @Test
    void aZoneWithoutARegionIsNoFaultDomain() {
        var scheduler = underPolicy();
        var agent = ofPool(master);
        master.apply(labelled(agent, NodeLabels.ZONE, "eu-2"));

        agent.register();

        assertThat(scheduler.lastOffer().hasDomain()).isFalse();
    }

    @Test
    void whatTheAgentSaysItselfWins() {
        var scheduler = underPolicy();
        var agent = ofPool(master);
        agent.info()
                .setDomain(DomainConversion.write(new FaultDomain("eu", "own")))
                .addAttributes(Attribute.newBuilder()
                        .setName("rack")
                        .setType(Value.Type.TEXT)
                        .setText(Value.Text.newBuilder().setValue("own")));
        master.apply(labelled(agent, "rack", "r7", "disk", "ssd", NodeLabels.REGION, "us", NodeLabels.ZONE, "us-1"));

        agent.register();

        assertThat(attributes(scheduler.lastOffer())).isEqualTo(Map.of("rack", "own", "disk", "ssd"));
        assertThat(scheduler.lastOffer().getAttributesCount()).isEqualTo(2);
        assertThat(DomainConversion.read(scheduler.lastOffer().getDomain())).contains(new FaultDomain("eu", "own"));
    }

    @Test
    void aChangedLabelRescindsTheOffersThatSayOtherwise() {
        var scheduler = underPolicy();
        var agent = ofPool(master);
        var other = master.registered("cpus:1");
        master.apply(labelled(agent, "rack", "r7"));
        agent.register();
        var old = scheduler.lastOffer();
        assertThat(scheduler.offers()).hasSize(2);

        master.apply(labelled(agent, "rack", "r8"));

        assertThat(scheduler.rescinded()).containsExactly(old.getId());
        assertThat(attributes(scheduler.lastOffer())).isEqualTo(Map.of("rack", "r8"));
        assertThat(master.stored(agent.id())
                        .orElseThrow()
                        .info()
                        .getAttributes(0)
                        .getText()
                        .getValue())
                .isEqualTo("r8");
        assertThat(master.snapshot().agents()).hasSize(2);
        assertThat(other.hangUps()).isEmpty();
    }

    @Test
    void labelsThatNoPoolNamesRescindNothing() {
        var scheduler = underPolicy();
        var agent = ofPool(master);
        master.apply(labelled(agent, "rack", "r7"));
        agent.register();

        master.apply(labelled(agent, "rack", "r7", "patched", "yesterday"));

        assertThat(scheduler.rescinded()).isEmpty();
    }

    /** As in Mesos' HierarchicalAllocatorTest.RemoveFilters. */
    @Test
    void filtersOnTheAgentEndWithItsAttributes() {
        var real = withAllocator(AllocatorConfig.DEFAULT);
        real.apply(new MasterInput.PolicyChanged(POLICY));
        var scheduler = real.subscribed();
        var agent = ofPool(real);
        real.apply(labelled(agent, "rack", "r7"));
        agent.register();
        real.advance(Duration.ofSeconds(1));
        scheduler.decline(scheduler.lastOffer(), 3600);
        real.advance(Duration.ofSeconds(5));
        int before = scheduler.offers().size();

        real.apply(labelled(agent, "rack", "r8"));
        real.advance(Duration.ofSeconds(1));

        assertThat(scheduler.offers()).hasSize(before + 1);
    }

    @Test
    void anotherChoiceOfLabelsTakesEffectAtOnce() {
        var scheduler = underPolicy();
        var agent = ofPool(master);
        master.apply(labelled(agent, "rack", "r7", "gpu", "a100"));
        agent.register();

        master.apply(new MasterInput.PolicyChanged(
                Policy.OPEN.withPools(AgentPools.of("general", List.of("gpu", "missing")))));

        assertThat(scheduler.rescinded()).hasSize(1);
        assertThat(attributes(scheduler.lastOffer())).isEqualTo(Map.of("gpu", "a100"));
    }

    /** So that a change of a pool of thousands stalls nobody. */
    @Test
    void ofManyAgentsSomeTakeOnTheirLabelsInTurnsOfTheirOwn() {
        master.apply(new MasterInput.PolicyChanged(Policy.OPEN));
        for (int i = 0; i < 300; i++) {
            var agent = ofPool(master);
            agent.info().setHostname("node-" + i);
            master.apply(labelled(agent, "rack", "r7"));
            agent.register();
        }
        var scheduler = master.subscribed();

        master.apply(new MasterInput.PolicyChanged(POLICY));
        assertThat(scheduler.rescinded()).hasSizeBetween(1, 299);
        master.advance(Duration.ofMillis(1));

        assertThat(scheduler.rescinded()).hasSize(300);
    }

    @Test
    void tasksRunOnWhenALabelChanges() {
        var scheduler = underPolicy();
        var agent = ofPool(master);
        master.apply(labelled(agent, "rack", "r7"));
        agent.register();
        scheduler.launch(scheduler.lastOffer(), Tasks.task("t", scheduler.lastOffer(), "cpus:1;mem:32"));
        agent.report("t", TaskState.TASK_RUNNING);

        master.apply(labelled(agent, "rack", "r8"));

        master.advance(Duration.ofSeconds(10));
        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(agent.frames(MasterFrame.BodyCase.KILL_TASK)).isEmpty();
        assertThat(attributes(scheduler.lastOffer())).isEqualTo(Map.of("rack", "r8"));
    }

    @Test
    void agentsOfNoPoolAreLeftAlone() {
        var scheduler = underPolicy();
        var agent = master.agent("cpus:2");
        agent.hello().setPool("");
        master.apply(labelled(agent, "rack", "r7", NodeLabels.REGION, "us", NodeLabels.ZONE, "us-1"));

        agent.register();

        assertThat(scheduler.lastOffer().getAttributesList()).isEmpty();
        assertThat(scheduler.lastOffer().hasDomain()).isFalse();
    }

    @Test
    void anAgentOfAPoolWaitsForItsNode() {
        var scheduler = underPolicy();
        var agent = ofPool(master).register();
        assertThat(scheduler.offers()).isEmpty();

        master.apply(labelled(agent, "rack", "r7"));

        assertThat(attributes(scheduler.lastOffer())).isEqualTo(Map.of("rack", "r7"));
    }

    @Test
    void anAgentWhoseNodeIsNeverHeardOfWaitsTenSecondsAndNoLonger() {
        var scheduler = underPolicy();
        var agent = ofPool(master).register();
        master.advance(Duration.ofSeconds(9));
        agent.register();
        assertThat(scheduler.offers()).isEmpty();

        master.advance(Duration.ofSeconds(1));

        assertThat(scheduler.offers()).hasSize(1);
        agent.register();
        assertThat(scheduler.offers()).hasSize(2);
        master.apply(labelled(agent, "rack", "r7"));
        assertThat(scheduler.rescinded()).hasSize(2);
        assertThat(attributes(scheduler.lastOffer())).isEqualTo(Map.of("rack", "r7"));
    }

    /** The registry's word holds until the cluster's is there. */
    @Test
    void afterAFailoverTheRecordedAttributesHoldAtOnce() {
        var agent = ofPool(master);
        underPolicy();
        master.apply(labelled(agent, "rack", "r7", NodeLabels.REGION, "eu", NodeLabels.ZONE, "eu-2"));
        agent.register();
        var recorded = master.stored(agent.id()).orElseThrow();
        assertThat(recorded.pool()).contains("general");

        var next = new MasterScenario(2, MasterConfig.DEFAULTS);
        next.apply(new MasterInput.RegistryRead(List.of(recorded)));
        next.apply(new MasterInput.PolicyChanged(POLICY));
        var scheduler = next.subscribed();
        var returning = returning(next, recorded);

        assertThat(attributes(scheduler.lastOffer())).isEqualTo(Map.of("rack", "r7"));
        assertThat(DomainConversion.read(scheduler.lastOffer().getDomain())).contains(new FaultDomain("eu", "eu-2"));
        next.apply(labelled(returning, "rack", "r9"));
        assertThat(attributes(scheduler.lastOffer())).isEqualTo(Map.of("rack", "r9"));
        assertThat(scheduler.lastOffer().hasDomain()).isFalse();
    }

    private static TestAgent returning(MasterScenario next, RegisteredAgent recorded) {
        var agent = ofPool(next);
        agent.info()
                .setHostname(recorded.hostname())
                .getIdBuilder()
                .setValue(recorded.id().value());
        next.apply(new MasterInput.NodeChanged("another", NodeState.USUAL));
        return agent.register();
    }

    @Test
    void aDeletedNodesAgentKeepsItsAttributes() {
        underPolicy();
        var agent = ofPool(master);
        master.apply(labelled(agent, "rack", "r7"));
        agent.register();

        master.apply(new MasterInput.NodeChanged(agent.info().getHostname(), new NodeState(false, true)));
        agent.register();

        assertThat(master.stored(agent.id()).orElseThrow().info().getAttributesCount())
                .isEqualTo(1);
    }

    @Test
    void aReservationFollowsTheLabelsThatItSelectsBy() {
        var real = withAllocator(AllocatorConfig.DEFAULT);
        var one = ofPool(real);
        var two = ofPool(real);
        two.info().setHostname("another");
        real.apply(labelled(one, "disk", "ssd"));
        real.apply(labelled(two, "disk", "hdd"));
        one.register();
        two.register();
        real.apply(new MasterInput.PolicyChanged(POLICY.withReservations(List.of(new DeclaredReservation(
                "fast",
                new RolePath("db"),
                Quantities.parse("cpus:1"),
                AgentSelector.withAttribute("disk", "ssd"),
                OptionalInt.empty())))));
        real.advance(Duration.ofSeconds(2));
        assertThat(boundAgents(real)).containsExactly(one.id());

        real.apply(labelled(one, "disk", "hdd"));
        real.apply(labelled(two, "disk", "ssd"));
        real.advance(Duration.ofSeconds(2));

        assertThat(boundAgents(real)).containsExactly(two.id());
    }

    private static List<AgentId> boundAgents(MasterScenario scenario) {
        return scenario.snapshot().policy().reservations().stream()
                .flatMap(reservation -> reservation.agents().stream())
                .toList();
    }

    private static MasterScenario withAllocator(AllocatorConfig config) {
        return new MasterScenario(1, MasterConfig.DEFAULTS, new HierarchicalAllocator(config, new SplittableRandom(1)));
    }

    /** As in Mesos: master.cpp drops the registration of such an agent. */
    @Test
    void anAgentThatSaysWhereItStandsIsRefusedByAMasterThatDoesNot() {
        var placeless = MasterScenario.withoutDomain();
        var agent = placeless.agent("cpus:1");
        agent.info().setDomain(DomainConversion.write(new FaultDomain("eu", "eu-1")));

        agent.dial();

        assertThat(agent.frames(MasterFrame.BodyCase.REFUSED)).singleElement().satisfies(frame -> {
            assertThat(frame.getRefused().getReason()).contains("fault domain", "set region and zone of the master");
            assertThat(frame.getRefused().getPermanent()).isFalse();
        });
    }

    /** What a node is labelled with is no agent's claim: without a domain of the master's own, nobody is remote. */
    @Test
    void withoutADomainOfTheMastersNoNodeIsRemote() {
        var config = AllocatorConfig.DEFAULT;
        assertThat(offersFromTheOtherRegion(config, _ -> {})).isEqualTo(1);
    }

    /** As in Mesos' HierarchicalAllocatorTest.RemoteRegion scenarios (isRemoteSlave). */
    @Test
    void onlyFrameworksThatAreAwareOfRegionsAreOfferedOtherRegions() {
        var config = AllocatorConfig.DEFAULT.withDomain(new FaultDomain("eu", "eu-1"));
        assertThat(offersFromTheOtherRegion(config, _ -> {})).isZero();
        assertThat(offersFromTheOtherRegion(
                        config,
                        info -> info.addCapabilities(FrameworkInfo.Capability.newBuilder()
                                .setType(FrameworkInfo.Capability.Type.REGION_AWARE))))
                .isEqualTo(1);
    }

    private static int offersFromTheOtherRegion(AllocatorConfig config, Consumer<FrameworkInfo.Builder> framework) {
        var real = withAllocator(config);
        var scheduler = real.subscribed(framework);
        var agent = ofPool(real);
        real.apply(labelled(agent, NodeLabels.REGION, "us", NodeLabels.ZONE, "us-1"));
        agent.register();
        real.advance(Duration.ofSeconds(2));
        return scheduler.offers().size();
    }

    @Test
    void anOfferSaysAtWhichAddressTheAgentAnswers() {
        var scheduler = master.subscribed();
        var agent = master.agent("cpus:1");
        agent.hello().setIp("10.1.2.3");

        agent.register();

        var address = scheduler.lastOffer().getUrl().getAddress();
        assertThat(address.getIp()).isEqualTo("10.1.2.3");
        assertThat(address.getHostname()).isEqualTo(agent.info().getHostname());
        assertThat(master.snapshot().agents().getFirst().address()).isEqualTo("10.1.2.3:5051");
    }

    @Test
    void thePoolIsRecorded() {
        var none = master.agent("cpus:1");
        none.hello().setPool("");

        assertThat(recordedPool(ofPool(master))).contains("general");
        assertThat(recordedPool(none)).contains("");
        assertThat(recordedPool(master.agent("cpus:1"))).isEmpty();
    }

    private Optional<String> recordedPool(TestAgent agent) {
        return master.stored(agent.register().id()).orElseThrow().pool();
    }
}
