package dev.proffer.master.core;

import static dev.proffer.master.core.scenario.Tasks.launch;
import static dev.proffer.master.core.scenario.Tasks.task;
import static dev.proffer.master.core.scenario.Tasks.taskBuilder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.model.Resources;
import dev.proffer.protocol.link.MasterFrame.BodyCase;
import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import dev.proffer.protocol.v1.HealthCheck;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.OperationState;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.TaskStatus.Reason;
import dev.proffer.protocol.v1.scheduler.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AcceptTest {
    private final MasterScenario master = new MasterScenario();

    @Test
    void aTaskGoesToItsAgentWithItsFrameworkAndRole() {
        var agent = master.registered("cpus:2;mem:512");
        var scheduler = master.subscribed();

        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:1;mem:64"));

        var launch = agent.frames(BodyCase.LAUNCH_TASK).getFirst().getLaunchTask();
        assertThat(launch.getFramework().getId()).isEqualTo(scheduler.wireId());
        assertThat(launch.getTask().getTaskId().getValue()).isEqualTo("t1");
        assertThat(launch.getTask().getCommand().getValue()).isEqualTo("echo hello");
        assertThat(launch.getTask().getResourcesList())
                .allMatch(resource -> resource.getAllocationInfo().getRole().equals("*"));
        var kept = master.snapshot().agents().getFirst().tasks().getFirst();
        assertThat(kept.state()).isEqualTo(TaskState.TASK_STAGING);
        assertThat(kept.resources()).isEqualTo(Resources.parse("cpus:1;mem:64"));
        assertThat(kept.info()).isEqualTo(launch.getTask());
        assertThat(scheduler.updates()).isEmpty();
    }

    @Test
    void whatATaskLeavesIsRefusedByTheCallsFilter() {
        master.registered("cpus:2;mem:512");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();

        scheduler.accept(call -> call.addOfferIds(offer.getId())
                .addOperations(launch(task("t1", offer, "cpus:0.5;mem:500")))
                .getFiltersBuilder()
                .setRefuseSeconds(7));

        assertThat(master.allocator().refusals()).containsExactly(new Refusal(7));
        assertThat(master.snapshot().offers()).isEmpty();
        master.advance(Duration.ofSeconds(9));
        assertThat(master.snapshot().offers())
                .extracting(OfferSnapshot::resources)
                .containsExactly(Resources.parse("cpus:1.5;mem:12"));
    }

    @Test
    void whenNothingIsLeftNothingIsRefused() {
        master.registered("cpus:2");
        var scheduler = master.subscribed();

        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:2"));

        assertThat(master.allocator().refusals()).isEmpty();
    }

    @Test
    void severalTasksShareAnOffer() {
        master.registered("cpus:2");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();

        scheduler.launch(offer, task("t1", offer, "cpus:1"), task("t2", offer, "cpus:1"));

        assertThat(master.snapshot().agents().getFirst().tasks()).hasSize(2);
    }

    @Test
    void anAcceptWithoutOperationsDeclinesWithItsFilter() {
        master.registered("cpus:2");
        var scheduler = master.subscribed();

        scheduler.accept(call -> call.addOfferIds(scheduler.lastOffer().getId())
                .getFiltersBuilder()
                .setRefuseSeconds(11));

        assertThat(master.allocator().refusals()).containsExactly(new Refusal(11));
        assertThat(master.snapshot().counters().count(Counter.OFFERS_DECLINED)).isEqualTo(1);
        assertThat(master.snapshot().counters().count(Counter.OFFERS_ACCEPTED)).isZero();
    }

    @Test
    void anEmptyLaunchDeclinesWithItsFilter() {
        master.registered("cpus:2");
        var scheduler = master.subscribed();

        scheduler.accept(call -> call.addOfferIds(scheduler.lastOffer().getId())
                .addOperations(launch())
                .getFiltersBuilder()
                .setRefuseSeconds(11));

        assertThat(master.allocator().refusals()).containsExactly(new Refusal(11));
        assertThat(scheduler.updates()).isEmpty();
    }

    @Test
    void offersOfOneAgentCanBeAcceptedTogether() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:1"));
        master.advance(Duration.ofSeconds(7));
        agent.report("t1", TaskState.TASK_FINISHED);
        var both = scheduler.offers().subList(1, 3);

        scheduler.accept(both, launch(task("t2", both.getFirst(), "cpus:2")));

        assertThat(agent.frames(BodyCase.LAUNCH_TASK)).hasSize(2);
        assertThat(master.snapshot().offers()).isEmpty();
    }

    @Test
    void moreThanTheOfferHoldsIsATaskErrorAndTheOfferComesBack() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();

        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:2.5"));

        var status = scheduler.lastUpdate();
        assertThat(status.getState()).isEqualTo(TaskState.TASK_ERROR);
        assertThat(status.getReason()).isEqualTo(Reason.REASON_TASK_INVALID);
        assertThat(status.getSource()).isEqualTo(TaskStatus.Source.SOURCE_MASTER);
        assertThat(status.getMessage()).contains("cpus:2.5").contains("cpus:2");
        assertThat(status.hasUuid()).isFalse();
        assertThat(status.getAgentId().getValue()).isEqualTo("m1-S0");
        assertThat(agent.frames(BodyCase.LAUNCH_TASK)).isEmpty();
        master.advance(Duration.ofSeconds(7));
        assertThat(scheduler.offers()).hasSize(2);
        assertThat(master.snapshot().counters().count(Counter.TASKS_REFUSED)).isEqualTo(1);
    }

    @Test
    void oneInvalidTaskDoesNotHoldUpTheOthers() {
        master.registered("cpus:2");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();

        scheduler.launch(
                offer, task("t1", offer, "cpus:1"), task("t1", offer, "cpus:0.5"), task("t2", offer, "cpus:1"));

        assertThat(scheduler.updates()).hasSize(1);
        assertThat(scheduler.lastUpdate().getMessage()).contains("'t1'");
        assertThat(master.snapshot().agents().getFirst().tasks())
                .extracting(task -> task.id().value())
                .containsExactly("t1", "t2");
    }

    @Test
    void operationsActInOrderOnWhatIsLeft() {
        master.registered("cpus:2");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();

        scheduler.accept(List.of(offer), launch(task("t1", offer, "cpus:1.5")), launch(task("t2", offer, "cpus:1")));

        assertThat(scheduler.lastUpdate().getTaskId().getValue()).isEqualTo("t2");
        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_ERROR);
    }

    @Test
    void anOfferThatIsGoneDropsTheTasksAndGivesTheOtherOffersBackWithoutAFilter() {
        master.registered("cpus:2");
        var scheduler = master.subscribed(info -> info.addCapabilities(partitionAware()));
        var offer = scheduler.lastOffer();

        scheduler.accept(call -> call.addOfferIds(offer.getId())
                .addOperations(launch(task("t1", offer, "cpus:1")))
                .addOfferIdsBuilder()
                .setValue("m1-O99"));

        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_DROPPED);
        assertThat(scheduler.lastUpdate().getReason()).isEqualTo(Reason.REASON_INVALID_OFFERS);
        assertThat(scheduler.lastUpdate().getMessage()).contains("m1-O99 is no longer valid");
        assertThat(master.allocator().refusals()).isEmpty();
        assertThat(scheduler.offers()).hasSize(2);
    }

    @Test
    void withoutPartitionAwarenessTheDroppedTaskIsLost() {
        master.registered("cpus:2");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();
        scheduler.decline(offer, 0);

        scheduler.launch(offer, task("t1", offer, "cpus:1"));

        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_LOST);
    }

    @Test
    void anOfferCannotBeNamedTwice() {
        master.registered("cpus:2");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();

        scheduler.accept(List.of(offer, offer), launch(task("t1", offer, "cpus:1")));

        assertThat(scheduler.lastUpdate().getMessage()).contains("named twice");
    }

    @Test
    void anAcceptNeedsAnOffer() {
        master.registered("cpus:2");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();

        scheduler.accept(List.of(), launch(task("t1", offer, "cpus:1")));

        assertThat(scheduler.lastUpdate().getMessage()).contains("no offers");
        assertThat(master.snapshot().offers()).hasSize(1);
    }

    @Test
    void theOfferOfAnotherFrameworkIsNeitherUsedNorTouched() {
        master.registered("cpus:2");
        var owner = master.subscribed();
        var thief = master.subscribed();

        thief.launch(owner.lastOffer(), task("t1", owner.lastOffer(), "cpus:1"));

        assertThat(thief.lastUpdate().getMessage()).contains("was not made to framework");
        assertThat(master.snapshot().offers())
                .extracting(offer -> offer.id().value())
                .containsExactly(owner.lastOffer().getId().getValue());
        assertThat(owner.rescinded()).isEmpty();
    }

    @Test
    void offersOfTwoAgentsCannotBeAcceptedTogether() {
        master.registered("cpus:2");
        master.registered("cpus:2");
        var scheduler = master.subscribed();
        var offers = scheduler.offers();

        scheduler.accept(offers, launch(task("t1", offers.getFirst(), "cpus:1")));

        assertThat(scheduler.lastUpdate().getMessage()).contains("one agent");
    }

    @Test
    void offersOfTwoRolesCannotBeAcceptedTogether() {
        master.registered("cpus(a):1;cpus(b):1");
        var scheduler = master.subscribed(info -> info.addRoles("a")
                .addRoles("b")
                .addCapabilities(Capability.newBuilder().setType(Capability.Type.MULTI_ROLE)));
        var offers = scheduler.offers();
        assertThat(offers).hasSize(2);

        scheduler.accept(offers, launch(task("t1", offers.getFirst(), "cpus:1")));

        assertThat(scheduler.lastUpdate().getMessage()).contains("one role");
    }

    @Test
    void operationsWithInvalidOffersAreErrorsIfTheyHaveAnId() {
        var scheduler = master.subscribed();

        scheduler.accept(call -> {
            call.addOperationsBuilder().setType(Offer.Operation.Type.RESERVE).getReserveBuilder();
            call.addOperationsBuilder()
                    .setType(Offer.Operation.Type.CREATE)
                    .getIdBuilder()
                    .setValue("op1");
        });

        var statuses = scheduler.events(Event.Type.UPDATE_OPERATION_STATUS);
        assertThat(statuses).hasSize(1);
        var status = statuses.getFirst().getUpdateOperationStatus().getStatus();
        assertThat(status.getOperationId().getValue()).isEqualTo("op1");
        assertThat(status.getState()).isEqualTo(OperationState.OPERATION_ERROR);
        assertThat(status.getMessage()).contains("invalid offers");
    }

    @ParameterizedTest
    @EnumSource(
            value = Offer.Operation.Type.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LAUNCH", "LAUNCH_GROUP"})
    void operationsThatAreNotSupportedAreErrorsAndTheOfferComesBack(Offer.Operation.Type type) {
        master.registered("cpus:2");
        var scheduler = master.subscribed();
        var operation = Offer.Operation.newBuilder().setType(type);
        operation.getIdBuilder().setValue("op1");

        scheduler.accept(List.of(scheduler.lastOffer()), operation.build());

        var status = scheduler
                .events(Event.Type.UPDATE_OPERATION_STATUS)
                .getFirst()
                .getUpdateOperationStatus()
                .getStatus();
        assertThat(status.getState()).isEqualTo(OperationState.OPERATION_ERROR);
        assertThat(status.hasUuid()).isFalse();
        assertThat(master.allocator().refusals()).containsExactly(Refusal.DEFAULT);
    }

    @Test
    void aLaunchMustNotHaveAnId() {
        master.registered("cpus:2");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();
        var operation = launch(task("t1", offer, "cpus:1")).toBuilder();
        operation.getIdBuilder().setValue("op1");

        scheduler.accept(List.of(offer), operation.build());

        assertThat(scheduler.lastUpdate().getReason()).isEqualTo(Reason.REASON_TASK_INVALID);
        assertThat(scheduler.lastUpdate().getMessage()).contains("'id'");
    }

    @Test
    void taskGroupsAreRefusedAsAWhole() {
        master.registered("cpus:2");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();
        var group = Offer.Operation.newBuilder().setType(Offer.Operation.Type.LAUNCH_GROUP);
        group.getLaunchGroupBuilder()
                .getExecutorBuilder()
                .getExecutorIdBuilder()
                .setValue("e");
        group.getLaunchGroupBuilder()
                .getTaskGroupBuilder()
                .addTasks(task("t1", offer, "cpus:1"))
                .addTasks(task("t2", offer, "cpus:1"));

        scheduler.accept(List.of(offer), group.build());

        assertThat(scheduler.updates())
                .extracting(status -> status.getTaskId().getValue() + " " + status.getReason())
                .containsExactly("t1 REASON_TASK_GROUP_INVALID", "t2 REASON_TASK_GROUP_INVALID");
        assertThat(scheduler.lastUpdate().getMessage()).contains("not supported yet");
        assertThat(master.allocator().refusals()).containsExactly(Refusal.DEFAULT);
    }

    @Test
    void customExecutorsAreRefused() {
        master.registered("cpus:2");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();
        var task = taskBuilder("t1", offer, "cpus:1").clearCommand();
        task.getExecutorBuilder().getExecutorIdBuilder().setValue("e");

        scheduler.launch(offer, task.build());

        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_ERROR);
        assertThat(scheduler.lastUpdate().getExecutorId().getValue()).isEqualTo("e");
        assertThat(scheduler.lastUpdate().getMessage()).contains("not supported yet");
    }

    @Test
    void resourcesOfAnotherRoleAreRefused() {
        master.registered("cpus:2");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();
        var task = taskBuilder("t1", offer, "cpus:1");
        task.getResourcesBuilder(0).getAllocationInfoBuilder().setRole("other");

        scheduler.launch(offer, task.build());

        assertThat(scheduler.lastUpdate().getMessage()).contains("'other'");
    }

    @Test
    void aHealthCheckWithoutATypeGetsThatOfWhatIsSet() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();
        var task = taskBuilder("t1", offer, "cpus:1");
        task.getHealthCheckBuilder().getTcpBuilder().setPort(80);

        scheduler.launch(offer, task.build());

        var launched = agent.frames(BodyCase.LAUNCH_TASK).getFirst().getLaunchTask();
        assertThat(launched.getTask().getHealthCheck().getType()).isEqualTo(HealthCheck.Type.TCP);
    }

    @Test
    void anIdIsFreeAgainOnceItsTaskEndedAndWasAcknowledged() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:2"));
        agent.report("t1", TaskState.TASK_FINISHED);
        var offer = scheduler.lastOffer();

        scheduler.launch(offer, task("t1", offer, "cpus:1"));
        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_ERROR);
        scheduler.acknowledge(scheduler.updates().getFirst());
        master.advance(Duration.ofSeconds(7));
        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:1"));

        assertThat(master.snapshot().agents().getFirst().tasks()).hasSize(1);
        assertThat(agent.frames(BodyCase.LAUNCH_TASK)).hasSize(2);
    }

    private static Capability.Builder partitionAware() {
        return Capability.newBuilder().setType(Capability.Type.PARTITION_AWARE);
    }
}
