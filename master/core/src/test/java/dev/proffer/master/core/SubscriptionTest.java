package dev.proffer.master.core;

import static dev.proffer.master.core.scenario.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.FrameworkCapability;
import dev.proffer.allocator.OfferConstraints;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.link.MasterFrame.BodyCase;
import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import dev.proffer.protocol.v1.OfferFilters;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus.Reason;
import dev.proffer.protocol.v1.Value;
import dev.proffer.protocol.v1.scheduler.AttributeConstraint.Selector.PseudoattributeType;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.protocol.v1.scheduler.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
    private final MasterScenario master = new MasterScenario();

    @Test
    void subscriberIsToldItsIdTheMasterAndTheHeartbeatInterval() {
        var scheduler = master.subscribed();
        var subscribed = scheduler.events().getFirst().getSubscribed();

        assertThat(subscribed.getFrameworkId().getValue()).isEqualTo("m1-0000");
        assertThat(subscribed.getHeartbeatIntervalSeconds()).isEqualTo(15.0);
        assertThat(subscribed.getMasterInfo().getHostname()).isEqualTo("master.example");
        assertThat(scheduler.events().get(1).getType()).isEqualTo(Event.Type.HEARTBEAT);
        assertThat(scheduler.events()).hasSize(2);
    }

    @Test
    void heartbeatsGoOnEvery15Seconds() {
        var scheduler = master.subscribed();

        master.advance(Duration.ofSeconds(14));
        assertThat(scheduler.events(Event.Type.HEARTBEAT)).hasSize(1);
        master.advance(Duration.ofSeconds(1));
        assertThat(scheduler.events(Event.Type.HEARTBEAT)).hasSize(2);
        master.advance(Duration.ofMinutes(1));
        assertThat(scheduler.events(Event.Type.HEARTBEAT)).hasSize(6);
    }

    @Test
    void twoSubscribersWithoutIdAreTwoFrameworks() {
        assertThat(master.subscribed().id().value()).isEqualTo("m1-0000");
        assertThat(master.subscribed().id().value()).isEqualTo("m1-0001");
    }

    @Test
    void anUnknownIdIsTakenAsItIs() {
        var scheduler = master.subscribed(info -> info.getIdBuilder().setValue("m0-0007"));

        assertThat(scheduler.id().value()).isEqualTo("m0-0007");
        assertThat(scheduler.events(Event.Type.SUBSCRIBED)).hasSize(1);
    }

    @Test
    void anIdThatSomeoneTookFirstIsNotGivenToAnother() {
        master.subscribed(info -> info.getIdBuilder().setValue("m1-0000"));

        assertThat(master.subscribed().id().value()).isEqualTo("m1-0001");
    }

    @Test
    void theLastSubscriberHasTheStream() {
        master.registered("cpus:1");
        var first = master.subscribed();
        master.advance(Duration.ofSeconds(1));
        var offer = first.lastOffer();
        var second = master.scheduler(info -> info.setId(first.wireId())).subscribe();

        assertThat(first.error()).contains("failed over");
        assertThat(first.isClosed()).isTrue();
        assertThat(second.events().getFirst().getType()).isEqualTo(Event.Type.SUBSCRIBED);
        assertThat(second.rescinded()).isEmpty();
        assertThat(first.rescinded()).isEmpty();
        assertThat(second.lastOffer().getId()).isNotEqualTo(offer.getId());
        assertThat(first.call(Call.Type.REVIVE, _ -> {}).status()).isEqualTo(400);
        assertThat(second.call(Call.Type.REVIVE, _ -> {}).status()).isEqualTo(202);
    }

    @Test
    void theEndOfAReplacedStreamIsIgnored() {
        var first = master.subscribed(info -> info.setFailoverTimeout(0));
        var old = first.stream();
        first.subscribe();

        master.apply(new MasterInput.StreamClosed(old, "late"));

        assertThat(first.call(Call.Type.REVIVE, _ -> {}).status()).isEqualTo(202);
    }

    @Test
    void heartbeatsOfAReplacedStreamEnd() {
        var scheduler = master.subscribed();
        master.advance(Duration.ofSeconds(10));
        scheduler.subscribe();
        master.advance(Duration.ofSeconds(14));

        assertThat(scheduler.events(Event.Type.HEARTBEAT)).hasSize(1);
        master.advance(Duration.ofSeconds(1));
        assertThat(scheduler.events(Event.Type.HEARTBEAT)).hasSize(2);
        assertThat(scheduler.lateEvents().stream().map(Event::getType)).containsExactly(Event.Type.ERROR);
    }

    @Test
    void whoComesBackInTimeKeepsItsTasks() {
        master.registered("cpus:2");
        var scheduler = master.subscribed(info -> info.setFailoverTimeout(60));
        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:1"));

        scheduler.disconnect();
        master.advance(Duration.ofSeconds(59));
        scheduler.subscribe();
        master.advance(Duration.ofMinutes(10));
        scheduler.reconcile();

        assertThat(scheduler.lastUpdate().getTaskId().getValue()).isEqualTo("t1");
        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_STAGING);
    }

    @Test
    void whoIsDisconnectedGetsNoOffersAndLosesThoseItHad() {
        master.registered("cpus:2");
        var scheduler = master.subscribed();
        assertThat(master.snapshot().offers()).hasSize(1);

        scheduler.disconnect();
        master.advance(Duration.ofSeconds(5));

        assertThat(master.snapshot().offers()).isEmpty();
        assertThat(master.snapshot().frameworks().getFirst().state()).isEqualTo(FrameworkSnapshot.State.DISCONNECTED);
    }

    @Test
    void whoDoesNotComeBackInTimeIsRemoved() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed(info -> info.setFailoverTimeout(60));
        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:1"));

        scheduler.disconnect();
        master.advance(Duration.ofMinutes(1));

        var removed = master.snapshot().completedFrameworks().getFirst();
        assertThat(master.snapshot().frameworks()).isEmpty();
        assertThat(removed.state()).isEqualTo(FrameworkSnapshot.State.REMOVED);
        assertThat(removed.unregisteredAt()).contains(master.now().wall());
        assertThat(removed.completedTasks().getFirst().state()).isEqualTo(TaskState.TASK_KILLED);
        assertThat(agent.frames(BodyCase.SHUT_DOWN_FRAMEWORK)).hasSize(1);
        assertThat(scheduler.subscribe().error()).contains("removed");
        assertThat(scheduler.isClosed()).isTrue();
    }

    @Test
    void withoutAFailoverTimeoutRemovalIsImmediate() {
        var scheduler = master.subscribed(info -> info.clearFailoverTimeout());

        scheduler.disconnect();

        assertThat(master.snapshot().completedFrameworks()).hasSize(1);
    }

    @Test
    void tearDownEndsTheStreamAndKillsTheTasksWithoutUpdates() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:1"));
        scheduler.forget();

        scheduler.tearDown();

        var killed = master.snapshot()
                .completedFrameworks()
                .getFirst()
                .completedTasks()
                .getFirst();
        assertThat(killed.state()).isEqualTo(TaskState.TASK_KILLED);
        assertThat(killed.statuses().getLast().getReason()).isEqualTo(Reason.REASON_FRAMEWORK_REMOVED);
        assertThat(scheduler.isClosed()).isTrue();
        assertThat(scheduler.updates()).isEmpty();
        assertThat(agent.frames(BodyCase.SHUT_DOWN_FRAMEWORK)
                        .getFirst()
                        .getShutDownFramework()
                        .getFrameworkId())
                .isEqualTo(scheduler.wireId());
        assertThat(scheduler.call(Call.Type.REVIVE, _ -> {}).status()).isEqualTo(400);
        assertThat(scheduler.subscribe().error()).contains("removed");
    }

    @Test
    void onlyTheLastRemovedFrameworksAreRemembered() {
        var first = master.subscribed();
        first.tearDown();
        for (int i = 0; i < 50; i++) {
            master.subscribed().tearDown();
        }

        assertThat(master.snapshot().completedFrameworks()).hasSize(50);
        assertThat(first.subscribe().events(Event.Type.SUBSCRIBED)).hasSize(1);
    }

    @Test
    void aRefusedSubscriberGetsAStreamWhoseOnlyEventSaysWhy() {
        var scheduler = master.scheduler(info -> info.addRoles("a")).subscribe();

        assertThat(scheduler.events()).hasSize(1);
        assertThat(scheduler.error()).contains("MULTI_ROLE");
        assertThat(scheduler.isClosed()).isTrue();
        assertThat(master.snapshot().frameworks()).isEmpty();
    }

    @Test
    void aRefusedFailoverLeavesTheConnectedSchedulerAlone() {
        var scheduler = master.subscribed();
        var intruder = master.scheduler(info -> info.setId(scheduler.wireId()).addRoles("a"))
                .subscribe();

        assertThat(intruder.isClosed()).isTrue();
        assertThat(scheduler.isClosed()).isFalse();
        assertThat(scheduler.call(Call.Type.REVIVE, _ -> {}).status()).isEqualTo(202);
    }

    @Test
    void suppressedRolesMustBeAmongTheRoles() {
        var scheduler = master.scheduler(_ -> {});
        scheduler.subscription().addSuppressedRoles("eng");

        assertThat(scheduler.subscribe().error()).contains("suppressed_roles").contains("eng");
    }

    @Test
    void thePrincipalOfAFrameworkStaysWhatItIs() {
        var scheduler = master.subscribed(info -> info.setPrincipal("alice"));
        var other = master.scheduler(info -> info.setId(scheduler.wireId()).setPrincipal("bob"));

        assertThat(other.subscribe().error()).contains("principal");
        assertThat(scheduler.isClosed()).isFalse();
    }

    @Test
    void whoIsAuthenticatedIsThePrincipalOfAFrameworkThatNamesNone() {
        master.scheduler(_ -> {}).as("alice").subscribe();

        assertThat(master.snapshot().frameworks().getFirst().info().getPrincipal())
                .isEqualTo("alice");
    }

    @Test
    void userAndCheckpointStayAndTheRestMayChange() {
        var scheduler = master.subscribed(info -> info.setCheckpoint(true));
        scheduler.info().setUser("bob").setCheckpoint(false).setName("renamed").setFailoverTimeout(5);

        scheduler.subscribe();

        var info = master.snapshot().frameworks().getFirst().info();
        assertThat(info.getUser()).isEqualTo("alice");
        assertThat(info.getCheckpoint()).isTrue();
        assertThat(info.getName()).isEqualTo("renamed");
        assertThat(info.getFailoverTimeout()).isEqualTo(5.0);
    }

    @Test
    void agentsWithItsTasksLearnWhatChanged() {
        var busy = master.registered("cpus:2");
        var scheduler = master.subscribed();
        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:1"));
        var idle = master.registered("cpus:2");

        scheduler.subscribe();
        assertThat(busy.frames(BodyCase.UPDATE_FRAMEWORK)).isEmpty();
        scheduler.info().setName("renamed");
        scheduler.subscribe();

        assertThat(busy.frames(BodyCase.UPDATE_FRAMEWORK)
                        .getFirst()
                        .getUpdateFramework()
                        .getFramework()
                        .getName())
                .isEqualTo("renamed");
        assertThat(idle.frames(BodyCase.UPDATE_FRAMEWORK)).isEmpty();
    }

    @Test
    void theAllocatorKnowsRolesCapabilitiesAndWishes() {
        var scheduler = master.scheduler(info -> info.addRoles("a")
                .addRoles("b")
                .addCapabilities(Capability.newBuilder().setType(Capability.Type.MULTI_ROLE))
                .addCapabilities(Capability.newBuilder().setType(Capability.Type.PARTITION_AWARE))
                .putOfferFilters("a", atLeast("cpus", 0.5)));
        scheduler.subscription().addSuppressedRoles("b").setOfferConstraints(hostnameIs("a", "host1"));
        scheduler.subscribe();

        var profile = master.allocator().profile(scheduler.id());
        assertThat(profile.roles()).containsExactly(new RolePath("a"), new RolePath("b"));
        assertThat(profile.suppressed()).containsExactly(new RolePath("b"));
        assertThat(profile.capabilities()).containsExactly(FrameworkCapability.MULTI_ROLE);
        assertThat(profile.minAllocatable().get(new RolePath("a"))).containsExactly(Quantities.parse("cpus:0.5"));
        assertThat(profile.constraints().orElseThrow().groupsByRole().get(new RolePath("a")))
                .containsExactly(new OfferConstraints.Group(List.of(new OfferConstraints.Constraint(
                        new OfferConstraints.Selector.Pseudo(OfferConstraints.PseudoAttribute.HOSTNAME),
                        new OfferConstraints.Predicate.TextEquals("host1")))));
    }

    private static OfferFilters atLeast(String name, double amount) {
        var filters = OfferFilters.newBuilder();
        filters.getMinAllocatableResourcesBuilder()
                .addQuantitiesBuilder()
                .putQuantities(name, Value.Scalar.newBuilder().setValue(amount).build());
        return filters.build();
    }

    private static dev.proffer.protocol.v1.scheduler.OfferConstraints hostnameIs(String role, String hostname) {
        var constraints = dev.proffer.protocol.v1.scheduler.OfferConstraints.RoleConstraints.newBuilder();
        var constraint = constraints.addGroupsBuilder().addAttributeConstraintsBuilder();
        constraint.getSelectorBuilder().setPseudoattributeType(PseudoattributeType.HOSTNAME);
        constraint.getPredicateBuilder().getTextEqualsBuilder().setValue(hostname);
        return dev.proffer.protocol.v1.scheduler.OfferConstraints.newBuilder()
                .putRoleConstraints(role, constraints.build())
                .build();
    }
}
