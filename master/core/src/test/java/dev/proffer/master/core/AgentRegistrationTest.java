package dev.proffer.master.core;

import static dev.proffer.master.core.scenario.Tasks.resources;
import static dev.proffer.master.core.scenario.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.TestAgent;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.protocol.link.Inventory;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.MasterFrame.BodyCase;
import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgentRegistrationTest {
    private final MasterScenario master = new MasterScenario();

    private static void launch(TestScheduler scheduler, String id, String resources) {
        scheduler.launch(scheduler.lastOffer(), task(id, scheduler.lastOffer(), resources));
        scheduler.forget();
    }

    private static String refusal(TestAgent agent) {
        return agent.frames(BodyCase.REFUSED).getFirst().getRefused().getReason();
    }

    @Test
    void anAgentIsWelcomedThenTellsItsInventoryThenIsRegistered() {
        var agent = master.agent("cpus:1");
        var link = agent.dial();

        var welcome = agent.frames().getFirst();
        assertThat(welcome.getTerm()).isEqualTo(1);
        assertThat(welcome.getWelcome().getLeader().getTerm()).isEqualTo(1);
        assertThat(welcome.getWelcome().getLeader().getHolder()).isEqualTo("master-0/abc");
        assertThat(welcome.getWelcome().getSession()).isEqualTo(link.value());
        assertThat(welcome.getWelcome().getClusterUid()).isEqualTo("cluster-uid");
        assertThat(master.snapshot().agents()).isEmpty();

        agent.inventory(Inventory.newBuilder().setLast(true).build());

        var registered = agent.frames(BodyCase.REGISTERED).getFirst().getRegistered();
        assertThat(registered.getAgentId().getValue()).isEqualTo("m1-S0");
        assertThat(registered.getPingIntervalSeconds()).isEqualTo(5.0);
        assertThat(registered.getPingTimeoutSeconds()).isEqualTo(75.0);
        assertThat(master.snapshot().agents().getFirst().info().getId().getValue())
                .isEqualTo("m1-S0");
    }

    /** Whoever runs one machine cannot take over another's tasks, nor cut its link. */
    @Test
    void anIdStaysOnItsMachine() {
        var victim = master.registered("cpus:1");
        var thief = master.agent("cpus:1");
        thief.info()
                .setHostname("elsewhere")
                .getIdBuilder()
                .setValue(victim.id().value());
        thief.dial();

        assertThat(refusal(thief)).contains("m1-S0", "'elsewhere'");
        assertThat(thief.hangUps()).hasSize(1);
        assertThat(victim.hangUps()).isEmpty();
        assertThat(master.snapshot().agents().getFirst().connected()).isTrue();
    }

    @Test
    void agentsGetIdsInTheOrderOfTheirRegistration() {
        assertThat(master.registered("cpus:1").id().value()).isEqualTo("m1-S0");
        assertThat(master.registered("cpus:1").id().value()).isEqualTo("m1-S1");
    }

    @Test
    void nothingIsOfferedBeforeTheLastPart() {
        var scheduler = master.subscribed();
        var agent = master.agent("cpus:1");
        agent.dial();
        agent.inventory(Inventory.newBuilder().setLast(false).build());

        master.advance(Duration.ofSeconds(3));
        assertThat(scheduler.offers()).isEmpty();
        agent.inventory(Inventory.newBuilder().setLast(true).build());
        assertThat(scheduler.offers()).hasSize(1);
    }

    @Test
    void anAgentThatDoesNotTellItsInventoryIsHungUpOn() {
        var agent = master.agent("cpus:1");
        agent.dial();

        master.advance(Duration.ofSeconds(75));

        assertThat(refusal(agent)).contains("in time");
        assertThat(agent.hangUps()).hasSize(1);
    }

    @Test
    void anAgentWithInvalidResourcesIsRefused() {
        var agent = master.agent("cpus:1");
        agent.info().getResourcesBuilder(0).getScalarBuilder().setValue(-1);
        agent.register();

        assertThat(refusal(agent)).contains("cpus");
        assertThat(agent.hangUps()).hasSize(1);
        assertThat(master.snapshot().agents()).isEmpty();
    }

    @Test
    void anInventoryThatContradictsItselfIsRefused() {
        var source = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", "cpus:1");
        var whole = source.inventory().setLast(true).build();

        assertThat(refused(whole.toBuilder().clearTasks().build())).contains("'task_infos'");
        assertThat(refused(whole.toBuilder().clearFrameworks().build())).contains("not in the inventory");
        var otherId = whole.toBuilder();
        otherId.getTasksBuilder(0).getTaskIdBuilder().setValue("t2");
        assertThat(refused(otherId.build())).contains("'task_id'");
        var noId = whole.toBuilder();
        noId.getFrameworksBuilder(0).clearId();
        assertThat(refused(noId.build())).contains("'id'");
        var badRole = whole.toBuilder();
        badRole.getTaskInfosBuilder(0)
                .getResourcesBuilder(0)
                .getAllocationInfoBuilder()
                .setRole("/");
        assertThat(refused(badRole.build())).contains("role '/'");
        var badResource = whole.toBuilder();
        badResource
                .getTaskInfosBuilder(0)
                .getResourcesBuilder(0)
                .getScalarBuilder()
                .setValue(-1);
        assertThat(refused(badResource.build())).contains("t1").contains("cpus");
    }

    private String refused(Inventory inventory) {
        var agent = master.agent("cpus:2");
        agent.dial();
        agent.inventory(inventory);
        return refusal(agent);
    }

    @Test
    void anInventoryIsBounded() {
        var config = MasterConfig.DEFAULTS;
        var small = new MasterScenario(
                1,
                new MasterConfig(
                        config.heartbeatInterval(),
                        config.agentPingInterval(),
                        config.agentTimeout(),
                        config.offerTimeout(),
                        1,
                        1,
                        1,
                        1,
                        1,
                        config.registry(),
                        config.policy()));
        var source = small.registered("cpus:2");
        var scheduler = small.subscribed();
        scheduler.launch(
                scheduler.lastOffer(),
                task("t1", scheduler.lastOffer(), "cpus:1"),
                task("t2", scheduler.lastOffer(), "cpus:1"));
        var agent = small.agent("cpus:2");
        agent.dial();

        agent.inventory(source.inventory().setLast(false).build());

        assertThat(refusal(agent)).contains("more than 1");
    }

    @Test
    void partsAfterTheLastAreDropped() {
        var agent = master.registered("cpus:1");
        agent.inventory(Inventory.newBuilder().setLast(true).build());

        assertThat(agent.frames(BodyCase.REGISTERED)).hasSize(1);
    }

    @Test
    void aDisconnectedAgentKeepsItsTasksAndComesBackUnnoticed() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", "cpus:1");

        agent.disconnect();
        assertThat(master.snapshot().agents().getFirst().connected()).isFalse();
        master.advance(Duration.ofSeconds(30));
        assertThat(scheduler.offers()).isEmpty();
        agent.register();

        assertThat(scheduler.updates()).isEmpty();
        assertThat(master.snapshot().agents()).hasSize(1);
        assertThat(master.snapshot().agents().getFirst().reregisteredAt())
                .contains(master.now().wall());
        assertThat(agent.id().value()).isEqualTo("m1-S0");
        assertThat(scheduler.offers()).hasSize(1);
    }

    @Test
    void aNewerLinkOfAnAgentReplacesTheOlder() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();
        var old = agent.link();

        agent.register();

        assertThat(agent.hangUps()).singleElement().asString().startsWith(old.value());
        assertThat(scheduler.rescinded()).containsExactly(offer.getId());
        master.apply(new MasterInput.LinkClosed(old, "closed"));
        assertThat(master.snapshot().agents().getFirst().connected()).isTrue();
    }

    @Test
    void anOlderLinkIsDeadAsSoonAsTheAgentDialsAgain() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();

        agent.dial();

        assertThat(agent.hangUps()).hasSize(1);
        assertThat(scheduler.rescinded()).hasSize(1);
        assertThat(master.snapshot().agents().getFirst().connected()).isFalse();
    }

    @Test
    void ofTwoLinksThatRegisterTheLastStays() {
        var agent = master.registered("cpus:2");
        agent.disconnect();
        var first = agent.dial();
        agent.dial();
        master.apply(new MasterInput.AgentInventory(
                first, Inventory.newBuilder().setLast(true).build()));
        agent.inventory(Inventory.newBuilder().setLast(true).build());

        assertThat(agent.hangUps()).singleElement().asString().startsWith(first.value());
        agent.forget();
        master.advance(Duration.ofSeconds(5));
        assertThat(agent.frames(BodyCase.PING))
                .extracting(MasterFrame::getSession)
                .containsExactly(agent.link().value());
    }

    @Test
    void anAgentMayComeBackWithMore() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        agent.disconnect();
        agent.info().clearResources().addAllResources(resources("cpus:8"));

        agent.register();

        assertThat(scheduler.lastOffer().getResources(0).getScalar().getValue()).isEqualTo(8.0);
    }

    /** As in Mesos' MasterSlaveReconciliationTest.ReconcileLostTask. */
    @Test
    void anAgentIsAskedForTasksThatItDoesNotMention() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed(
                info -> info.addCapabilities(Capability.newBuilder().setType(Capability.Type.PARTITION_AWARE)));
        launch(scheduler, "t1", "cpus:1");
        agent.disconnect();
        agent.lose("t1");

        agent.register();

        var asked = agent.frames(BodyCase.RECONCILE_TASKS).getFirst().getReconcileTasks();
        assertThat(asked.getTasksCount()).isEqualTo(1);
        assertThat(asked.getTasks(0).getTaskId().getValue()).isEqualTo("t1");
        assertThat(asked.getTasks(0).getFrameworkId()).isEqualTo(scheduler.wireId());
        assertThat(asked.getTasks(0).getPartitionAware()).isTrue();
    }

    @Test
    void anAgentThatAgreesIsAskedNothing() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", "cpus:1");
        agent.disconnect();
        agent.forget();

        agent.register();

        assertThat(agent.frames())
                .extracting(MasterFrame::getBodyCase)
                .containsExactly(BodyCase.WELCOME, BodyCase.REGISTERED);
    }

    @Test
    void frameworksThatWereRemovedMeanwhileAreShutDown() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", "cpus:1");
        agent.disconnect();
        scheduler.tearDown();
        assertThat(agent.frames(BodyCase.SHUT_DOWN_FRAMEWORK)).isEmpty();

        agent.register();

        assertThat(agent.frames(BodyCase.SHUT_DOWN_FRAMEWORK)).hasSize(1);
        assertThat(master.snapshot().agents().getFirst().tasks()).isEmpty();
        assertThat(master.snapshot().frameworks()).isEmpty();
    }

    @Test
    void anAgentLearnsWhatItsFrameworksBecameMeanwhile() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", "cpus:1");
        agent.disconnect();
        scheduler.info().setName("renamed");
        scheduler.subscribe();

        agent.register();

        assertThat(agent.frames(BodyCase.UPDATE_FRAMEWORK)
                        .getFirst()
                        .getUpdateFramework()
                        .getFramework()
                        .getName())
                .isEqualTo("renamed");
    }

    @Test
    void aNewMasterTakesInWhatItsAgentsRun() {
        var old = new MasterScenario();
        var agent = old.registered("cpus:2");
        var scheduler = old.subscribed(info -> info.getIdBuilder().setValue("f"));
        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:1.5"));
        agent.report("t1", TaskState.TASK_RUNNING);

        var successor = master.agent("cpus:2");
        successor.info().setId(agent.info().getId());
        successor.dial();
        successor.inventory(agent.inventory().setLast(true).build());

        var recovered = master.snapshot().frameworks().getFirst();
        assertThat(recovered.id().value()).isEqualTo("f");
        assertThat(recovered.state()).isEqualTo(FrameworkSnapshot.State.RECOVERED);
        assertThat(master.snapshot().agents().getFirst().tasks()).hasSize(1);

        var back = master.subscribed(info -> info.getIdBuilder().setValue("f"));
        assertThat(back.lastOffer().getResources(0).getScalar().getValue()).isEqualTo(0.5);
        back.reconcile();
        assertThat(back.lastUpdate().getState()).isEqualTo(TaskState.TASK_RUNNING);
    }

    @Test
    void aConnectedFrameworkHearsOfTasksThatCameBack() {
        var old = new MasterScenario();
        var agent = old.registered("cpus:2");
        var scheduler = old.subscribed(info -> info.getIdBuilder().setValue("f"));
        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:1.5"));
        agent.report("t1", TaskState.TASK_RUNNING);
        var back =
                master.subscribed(info -> info.setName("renamed").getIdBuilder().setValue("f"));

        var successor = master.agent("cpus:2");
        successor.info().setId(agent.info().getId());
        successor.dial();
        successor.inventory(agent.inventory().setLast(true).build());

        assertThat(back.lastUpdate().getState()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(back.lastUpdate().getReason()).isEqualTo(Reason.REASON_AGENT_REREGISTERED);
        assertThat(back.lastUpdate().hasUuid()).isFalse();
        assertThat(successor.frames(BodyCase.UPDATE_FRAMEWORK)).hasSize(1);
    }

    @Test
    void aTaskWhoseLastAcknowledgementWasLostComesBackAsEnded() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", "cpus:1");
        var status = agent.report("t1", TaskState.TASK_FINISHED);
        scheduler.acknowledge(scheduler.lastUpdate());
        agent.disconnect();

        agent.register();
        assertThat(master.snapshot().agents().getFirst().tasks()).hasSize(1);
        agent.send("t1", status, TaskState.TASK_FINISHED);
        scheduler.acknowledge(scheduler.lastUpdate());

        assertThat(master.snapshot().agents().getFirst().tasks()).isEmpty();
    }

    @Test
    void aKnownAgentMayBringBackALiveTask() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", "cpus:1");
        var before = agent.inventory().setLast(true).build();
        agent.report("t1", TaskState.TASK_LOST);
        scheduler.acknowledge(scheduler.lastUpdate());
        agent.disconnect();

        agent.dial();
        agent.inventory(before);

        assertThat(master.snapshot().agents().getFirst().tasks())
                .extracting(task -> task.state())
                .containsExactly(TaskState.TASK_STAGING);
    }

    @Test
    void anAgentThatComesAnewFromItsAddressHasLostItsTasks() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed(
                info -> info.addCapabilities(Capability.newBuilder().setType(Capability.Type.PARTITION_AWARE)));
        launch(scheduler, "t1", "cpus:1");
        agent.disconnect();
        agent.lose("t1");
        agent.info().clearId();

        agent.register();

        assertThat(agent.id().value()).isEqualTo("m1-S1");
        assertThat(master.snapshot().agents()).hasSize(1);
        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_GONE);
    }

    @Test
    void anAgentThatIsConnectedIsNotReplacedFromItsAddress() {
        var first = master.registered("cpus:2");
        var second = master.agent("cpus:2");
        second.info().setHostname(first.info().getHostname());

        second.register();

        assertThat(master.snapshot().connectedAgents()).isEqualTo(2);
    }
}
