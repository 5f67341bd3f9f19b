package dev.proffer.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.policy.Admission;
import dev.proffer.master.core.policy.DeclaredFramework;
import dev.proffer.master.core.policy.DeclaredFramework.DeletionPolicy;
import dev.proffer.master.core.policy.DeclaredRole;
import dev.proffer.master.core.policy.ObjectName;
import dev.proffer.master.core.policy.Policy;
import dev.proffer.master.core.policy.PolicySettings;
import dev.proffer.master.core.policy.Subject;
import dev.proffer.master.core.policy.TaskPolicies;
import dev.proffer.master.core.policy.TaskPolicy;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.Tasks;
import dev.proffer.master.core.scenario.TestAgent;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.master.core.snapshot.DeclaredFrameworkSnapshot;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.model.Principal;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.protocol.v1.scheduler.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Who may subscribe, with which roles, and what becomes of those who may no longer. */
@SuppressWarnings("deprecation") // Frameworks without MULTI_ROLE set the deprecated field.
class AdmissionTest {
    private static final Principal DRIVER = Principal.serviceAccount("spark", "driver");
    private static final Principal STRANGER = Principal.serviceAccount("games", "chess");
    private static final ObjectName SPARK = new ObjectName("spark", "spark");
    private static final DeclaredFramework FOR_DRIVER =
            DeclaredFramework.of(new Subject.ServiceAccount("spark", "driver"));
    private static final Policy GRANTED = Policy.OPEN
            .withAdmission(Admission.CLOSED.with(SPARK, FOR_DRIVER))
            .withRole(new RolePath("eng"), DeclaredRole.DEFAULT.allowing(new Subject.ServiceAccount("spark", "*")));

    private final MasterScenario master = new MasterScenario();
    private final TestAgent agent = master.agent("cpus:2");

    private void apply(Policy policy) {
        master.apply(new MasterInput.PolicyChanged(policy));
    }

    private TestScheduler scheduler(Principal who, String role) {
        return master.scheduler(info -> info.setRole(role)).as(who);
    }

    private static DeclaredFramework limited(int maxInstances) {
        return new DeclaredFramework(
                FOR_DRIVER.subjects(),
                List.of(),
                OptionalInt.of(maxInstances),
                Optional.empty(),
                DeletionPolicy.RETAIN);
    }

    private static DeclaredFramework tornDown() {
        return new DeclaredFramework(
                FOR_DRIVER.subjects(), List.of(), OptionalInt.empty(), Optional.empty(), DeletionPolicy.TEARDOWN);
    }

    private static boolean isSubscribed(TestScheduler scheduler) {
        return !scheduler.events(Event.Type.SUBSCRIBED).isEmpty() && !scheduler.isClosed();
    }

    // SUBSCRIBE

    @Test
    void beforeThePolicyIsKnownNobodyIsAnswered() {
        var closed = new MasterScenario(1, MasterConfig.DEFAULTS.with(PolicySettings.CLOSED));
        var scheduler = closed.scheduler(_ -> {}).as(DRIVER);

        assertThat(scheduler.refusedSubscribe().status()).isEqualTo(503);

        closed.apply(new MasterInput.PolicyChanged(Policy.OPEN));
        assertThat(isSubscribed(scheduler.subscribe())).isTrue();
    }

    @Test
    void whoIsNamedByAFrameworkObjectIsAdmitted() {
        apply(GRANTED);

        assertThat(isSubscribed(scheduler(DRIVER, "eng").subscribe())).isTrue();
    }

    @Test
    void othersAreToldHowToBeAdmitted() {
        apply(GRANTED);

        var stranger = scheduler(STRANGER, "eng").subscribe();

        assertThat(stranger.error())
                .contains("system:serviceaccount:games:chess")
                .contains("Framework object");
        assertThat(stranger.isClosed()).isTrue();
        assertThat(master.snapshot().frameworks()).isEmpty();
    }

    @Test
    void whoProvesNothingIsAdmittedOnlyWhereAnybodyIs() {
        var open = Policy.OPEN.withAdmission(Admission.OPEN);
        apply(open);
        assertThat(isSubscribed(master.subscribed())).isTrue();

        apply(open.withAdmission(new Admission(new TreeMap<>(), Admission.Undeclared.AUTHENTICATED, true)));

        assertThat(master.subscribed().error()).contains("credentials");
        assertThat(isSubscribed(scheduler(STRANGER, "*").subscribe())).isTrue();
    }

    @Test
    void aServiceAccountsNameIsNotBelievedWithoutProof() {
        var impostor = master.scheduler(info -> info.setPrincipal(DRIVER.name()));

        assertThat(impostor.subscribe().error()).contains("has not proved to be that");
    }

    @Test
    void aRoleThatIsNotGrantedIsRefusedAndNamed() {
        apply(GRANTED);

        assertThat(scheduler(DRIVER, "ops").subscribe().error())
                .contains("'ops'")
                .contains("allowedSubjects");
    }

    @Test
    void aGrantCoversTheRolesBelow() {
        apply(GRANTED);

        assertThat(isSubscribed(scheduler(DRIVER, "eng/web").subscribe())).isTrue();
    }

    @Test
    void usersAndGroupsAreGrantedRolesToo() {
        apply(Policy.OPEN
                .withAdmission(new Admission(new TreeMap<>(), Admission.Undeclared.AUTHENTICATED, false))
                .withRole(
                        new RolePath("eng"),
                        DeclaredRole.DEFAULT.allowing(new Subject.User("alice"), new Subject.Group("engineers"))));

        assertThat(isSubscribed(scheduler(Principal.named("alice"), "eng").subscribe()))
                .isTrue();
        assertThat(isSubscribed(scheduler(new Principal("bob", List.of("engineers")), "eng")
                        .subscribe()))
                .isTrue();
        assertThat(scheduler(Principal.named("carol"), "eng").subscribe().error())
                .contains("carol");
    }

    @Test
    void aRoleForWhichNobodyIsNamedIsEverybodysOnlyInAnOpenCluster() {
        var weighted = DeclaredRole.DEFAULT.withWeight(2);
        apply(Policy.OPEN.withRole(new RolePath("eng"), weighted));
        assertThat(isSubscribed(scheduler(STRANGER, "eng").subscribe())).isTrue();

        apply(GRANTED.withRole(new RolePath("ops"), weighted));
        assertThat(scheduler(DRIVER, "ops").subscribe().error()).contains("not granted");
    }

    @Test
    void onlyRolesThatTheFrameworkObjectAsksForCanBeUsed() {
        var asking = new DeclaredFramework(
                FOR_DRIVER.subjects(),
                List.of(new RolePath("eng/web")),
                OptionalInt.empty(),
                Optional.empty(),
                DeletionPolicy.RETAIN);
        apply(GRANTED.withAdmission(Admission.CLOSED.with(SPARK, asking)));

        assertThat(isSubscribed(scheduler(DRIVER, "eng/web").subscribe())).isTrue();
        assertThat(scheduler(DRIVER, "eng/db").subscribe().error()).contains("spark/spark");
    }

    @Test
    void aFrameworkObjectAdmitsSoManyInstances() {
        apply(GRANTED.withAdmission(Admission.CLOSED.with(SPARK, limited(2))));
        var first = scheduler(DRIVER, "eng").subscribe();
        scheduler(DRIVER, "eng").subscribe();

        assertThat(scheduler(DRIVER, "eng").subscribe().error()).contains("maxInstances");

        assertThat(isSubscribed(first.subscribe()))
                .as("who is one of them returns")
                .isTrue();
        first.tearDown();
        assertThat(isSubscribed(scheduler(DRIVER, "eng").subscribe())).isTrue();
    }

    @Test
    void ofSeveralFrameworkObjectsOneWithRoomIsTaken() {
        var admission = Admission.CLOSED
                .with(new ObjectName("spark", "a"), limited(1))
                .with(new ObjectName("spark", "b"), limited(1));
        apply(GRANTED.withAdmission(admission));

        scheduler(DRIVER, "eng").subscribe();

        assertThat(isSubscribed(scheduler(DRIVER, "eng").subscribe())).isTrue();
        assertThat(isSubscribed(scheduler(DRIVER, "eng").subscribe())).isFalse();
    }

    @Test
    void aFailoverTimeoutCountsUpToWhatTheFrameworkObjectSays() {
        var brief = new DeclaredFramework(
                FOR_DRIVER.subjects(),
                List.of(),
                OptionalInt.empty(),
                Optional.of(Duration.ofSeconds(10)),
                DeletionPolicy.RETAIN);
        apply(GRANTED.withAdmission(Admission.CLOSED.with(SPARK, brief)));
        var scheduler = scheduler(DRIVER, "eng");
        scheduler.info().setFailoverTimeout(3600);
        scheduler.subscribe();

        scheduler.disconnect();
        master.advance(Duration.ofSeconds(9));
        assertThat(master.snapshot().frameworks()).hasSize(1);
        master.advance(Duration.ofSeconds(1));

        assertThat(master.snapshot().frameworks()).isEmpty();
    }

    // Other calls

    @Test
    void nobodyElseCallsForAFramework() {
        var scheduler = scheduler(DRIVER, "*").subscribe();

        scheduler.as(STRANGER);
        assertThat(scheduler.call(Call.Type.REVIVE, _ -> {}).status()).isEqualTo(400);
        scheduler.asNobody();
        assertThat(scheduler.call(Call.Type.REVIVE, _ -> {}).status()).isEqualTo(400);
        scheduler.as(DRIVER);
        assertThat(scheduler.call(Call.Type.REVIVE, _ -> {}).status()).isEqualTo(202);
    }

    @Test
    void nobodyElseTakesAFrameworkOver() {
        var scheduler = scheduler(DRIVER, "*").subscribe();

        var thief = master.scheduler(info -> info.setId(scheduler.wireId()).setPrincipal(DRIVER.name()))
                .as(STRANGER);
        assertThat(thief.subscribe().error()).contains("belongs to");
        assertThat(scheduler.isClosed()).isFalse();
    }

    // Admission that is withdrawn

    private TestScheduler running(String taskId) {
        agent.register();
        var scheduler = scheduler(DRIVER, "eng").subscribe();
        var offer = scheduler.lastOffer();
        scheduler.launch(offer, Tasks.task(taskId, offer, "cpus:1"));
        agent.report(taskId, TaskState.TASK_RUNNING);
        return scheduler;
    }

    @Test
    void whoIsNoLongerAdmittedLosesItsStreamButNotItsTasks() {
        apply(GRANTED);
        var scheduler = running("t1");

        apply(GRANTED.withAdmission(Admission.CLOSED));

        assertThat(scheduler.error()).contains("not admitted");
        assertThat(scheduler.isClosed()).isTrue();
        assertThat(master.snapshot().frameworks().getFirst().connected()).isFalse();
        assertThat(master.snapshot().agents().getFirst().tasks()).hasSize(1);
        assertThat(master.snapshot().offers()).isEmpty();
    }

    @Test
    void itsFailoverTimeoutRuns() {
        apply(GRANTED);
        running("t1");

        apply(GRANTED.withAdmission(Admission.CLOSED));
        master.advance(Duration.ofSeconds(59));
        assertThat(master.snapshot().frameworks()).hasSize(1);
        master.advance(Duration.ofSeconds(1));

        assertThat(master.snapshot().frameworks()).isEmpty();
    }

    @Test
    void evenWithoutAFailoverTimeoutThereIsTimeToMendAMistake() {
        apply(GRANTED);
        var scheduler = scheduler(DRIVER, "eng");
        scheduler.info().setFailoverTimeout(0);
        scheduler.subscribe();

        apply(GRANTED.withAdmission(Admission.CLOSED));
        master.advance(Duration.ofSeconds(29));
        assertThat(master.snapshot().frameworks()).hasSize(1);
        master.advance(Duration.ofSeconds(1));

        assertThat(master.snapshot().frameworks()).isEmpty();
    }

    @Test
    void whoIsAdmittedAgainInTimeGoesOn() {
        apply(GRANTED);
        var scheduler = running("t1");
        apply(GRANTED.withAdmission(Admission.CLOSED));

        apply(GRANTED);
        assertThat(isSubscribed(scheduler.subscribe())).isTrue();
        master.advance(Duration.ofMinutes(10));

        assertThat(master.snapshot().agents().getFirst().tasks()).hasSize(1);
    }

    @Test
    void aFrameworkObjectDeletedWithTeardownEndsItsTasks() {
        apply(GRANTED.withAdmission(Admission.CLOSED.with(SPARK, tornDown())));
        var scheduler = running("t1");

        apply(GRANTED.withAdmission(Admission.CLOSED));
        master.advance(Duration.ofSeconds(5));

        assertThat(master.snapshot().frameworks()).isEmpty();
        assertThat(scheduler.isClosed()).isTrue();
        assertThat(agent.frames(MasterFrame.BodyCase.SHUT_DOWN_FRAMEWORK)).hasSize(1);
    }

    @Test
    void aFrameworkObjectThatComesAgainAtOnceTearsNothingDown() {
        var admission = Admission.CLOSED.with(SPARK, tornDown());
        apply(GRANTED.withAdmission(admission));
        running("t1");

        apply(GRANTED.withAdmission(Admission.CLOSED));
        master.advance(Duration.ofSeconds(4));
        apply(GRANTED.withAdmission(admission));
        master.advance(Duration.ofSeconds(30));

        assertThat(master.snapshot().frameworks()).hasSize(1);
    }

    @Test
    void objectsThatVanishInBulkTearNothingDown() {
        var admission = Admission.CLOSED
                .with(SPARK, tornDown())
                .with(new ObjectName("games", "chess"), tornDown())
                .with(new ObjectName("games", "go"), tornDown());
        apply(GRANTED.withAdmission(admission));
        running("t1");

        apply(GRANTED.withAdmission(admission.without(SPARK)));
        master.advance(Duration.ofSeconds(1));
        apply(GRANTED.withAdmission(Admission.CLOSED));
        master.advance(Duration.ofSeconds(40));

        assertThat(master.snapshot().frameworks())
                .as("the failover time-out runs")
                .hasSize(1);
        assertThat(master.snapshot().agents().getFirst().tasks()).hasSize(1);
    }

    // Roles that are withdrawn

    @Test
    void aRoleThatIsWithdrawnLosesItsOffersButNotItsTasks() {
        apply(GRANTED);
        var scheduler = running("t1");
        master.advance(Duration.ofSeconds(10));
        var offer = scheduler.lastOffer();

        apply(GRANTED.withoutRole(new RolePath("eng")));

        assertThat(scheduler.rescinded()).containsExactly(offer.getId());
        assertThat(scheduler.isClosed()).isFalse();
        assertThat(master.snapshot().agents().getFirst().tasks()).hasSize(1);
        scheduler.forget();
        scheduler.revive();
        master.advance(Duration.ofSeconds(10));
        assertThat(scheduler.offers()).isEmpty();
    }

    @Test
    void aRoleThatIsGrantedAgainGetsOffers() {
        apply(GRANTED);
        var scheduler = running("t1");
        apply(GRANTED.withoutRole(new RolePath("eng")));
        scheduler.forget();

        apply(GRANTED);
        master.advance(Duration.ofSeconds(10));

        assertThat(scheduler.offers()).hasSize(1);
    }

    @Test
    void onlyTheRoleThatIsWithdrawnIsConcerned() {
        var both = GRANTED.withRole(
                new RolePath("ops"), DeclaredRole.DEFAULT.allowing(new Subject.ServiceAccount("*", "driver")));
        apply(both);
        var scheduler = master.scheduler(info -> info.addRoles("eng")
                        .addRoles("ops")
                        .addCapabilitiesBuilder()
                        .setType(FrameworkInfo.Capability.Type.MULTI_ROLE))
                .as(DRIVER)
                .subscribe();

        apply(both.withoutRole(new RolePath("eng")));
        master.registered("cpus:1");

        assertThat(scheduler.lastOffer().getAllocationInfo().getRole()).isEqualTo("ops");
    }

    // What tasks may do

    @Test
    void aTaskThatMayNotRunAsItsUserIsAnError() {
        var strict = new TaskPolicy(List.of("web"), false, false, List.of());
        var policies = new TaskPolicies(new TreeMap<>(Map.of("spark", strict)), TaskPolicy.ANYTHING);
        apply(GRANTED.withTasks(policies));
        agent.register();
        var scheduler = scheduler(DRIVER, "eng").subscribe();
        var offer = scheduler.lastOffer();
        var allowed = Tasks.taskBuilder("web", offer, "cpus:1");
        allowed.getCommandBuilder().setUser("web");

        scheduler.launch(offer, Tasks.task("root", offer, "cpus:1"), allowed.build());

        assertThat(scheduler.updates()).hasSize(1);
        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_ERROR);
        assertThat(scheduler.lastUpdate().getReason()).isEqualTo(TaskStatus.Reason.REASON_TASK_UNAUTHORIZED);
        assertThat(scheduler.lastUpdate().getMessage()).contains("'FrameworkInfo.user' is 'alice'");
        assertThat(master.snapshot().agents().getFirst().tasks()).hasSize(1);
    }

    @Test
    void tasksOfOtherNamespacesGoByTheCommonPolicy() {
        var strict = new TaskPolicy(List.of("web"), false, false, List.of());
        apply(Policy.OPEN.withTasks(new TaskPolicies(new TreeMap<>(Map.of("spark", TaskPolicy.ANYTHING)), strict)));
        agent.register();

        var stranger = scheduler(STRANGER, "*").subscribe();
        stranger.launch(stranger.lastOffer(), Tasks.task("t1", stranger.lastOffer(), "cpus:1"));
        assertThat(stranger.lastUpdate().getReason()).isEqualTo(TaskStatus.Reason.REASON_TASK_UNAUTHORIZED);
        stranger.tearDown();

        var driver = scheduler(DRIVER, "*").subscribe();
        driver.launch(driver.lastOffer(), Tasks.task("t2", driver.lastOffer(), "cpus:1"));
        assertThat(driver.updates()).isEmpty();
    }

    // What can be seen of it

    @Test
    void aFrameworkObjectShowsItsInstances() {
        apply(GRANTED);
        var first = running("t1");
        var second = scheduler(DRIVER, "eng").subscribe();
        second.disconnect();

        var seen = DeclaredFrameworkSnapshot.of(master.snapshot());

        assertThat(seen).containsOnlyKeys(SPARK);
        var spark = Objects.requireNonNull(seen.get(SPARK));
        assertThat(spark.instances()).extracting(FrameworkSnapshot::id).containsExactly(first.id(), second.id());
        assertThat(spark.connected()).isTrue();
        assertThat(spark.instances().getFirst().connectedSince())
                .contains(master.now().wall());
        assertThat(spark.instances().getLast().connectedSince()).isEmpty();
        assertThat(spark.tasks()).isEqualTo(1);
        assertThat(spark.allocation().thousandths("cpus")).isGreaterThanOrEqualTo(1000);
    }
}
