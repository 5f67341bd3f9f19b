package dev.proffer.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.HierarchicalAllocator;
import dev.proffer.allocator.Limits;
import dev.proffer.allocator.OrderPolicy;
import dev.proffer.master.core.explanations.Explained;
import dev.proffer.master.core.policy.DeclaredQuota;
import dev.proffer.master.core.policy.DeclaredRole;
import dev.proffer.master.core.policy.Policy;
import dev.proffer.master.core.policy.Subject;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.Tasks;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.master.core.snapshot.RoleSnapshot;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.v1.AgentInfo;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Weights, orders and quota that change while frameworks hold offers and tasks. */
@SuppressWarnings("deprecation") // Frameworks without MULTI_ROLE set the deprecated field.
class PolicyTest {
    private static final String UNIT = "cpus:1;mem:128";
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final MasterScenario master = new MasterScenario(
            1, MasterConfig.DEFAULTS, new HierarchicalAllocator(AllocatorConfig.DEFAULT, new SplittableRandom(1)));

    private void agents(int count) {
        for (int i = 0; i < count; i++) {
            var agent = master.agent(UNIT);
            agent.hello().addCapabilitiesBuilder().setType(AgentInfo.Capability.Type.HIERARCHICAL_ROLE);
            agent.register();
        }
    }

    private TestScheduler subscribed(String role) {
        var scheduler = master.subscribed(info -> info.setRole(role));
        master.advance(MOMENT);
        return scheduler;
    }

    private void apply(Policy policy) {
        master.apply(new MasterInput.PolicyChanged(policy));
        master.advance(MOMENT);
    }

    private static Policy guarantee(Policy policy, String role, String quantities) {
        return policy.withQuota(role(role), new DeclaredQuota(Quantities.parse(quantities), Limits.NONE));
    }

    private static Policy limit(Policy policy, String role, String quantities) {
        return policy.withQuota(
                role(role),
                new DeclaredQuota(
                        Quantities.NONE, new Limits(Quantities.parse(quantities).asMap())));
    }

    private static RolePath role(String path) {
        return new RolePath(path);
    }

    private static int outstanding(TestScheduler scheduler) {
        return scheduler.offers().size() - scheduler.rescinded().size();
    }

    @Test
    void offersAboveANewLimitAreRescinded() {
        agents(4);
        var scheduler = subscribed("eng/web");
        var newest = scheduler.offers().subList(2, 4);

        apply(limit(Policy.OPEN, "eng", "cpus:2;mem:256"));

        assertThat(scheduler.rescinded())
                .containsExactlyInAnyOrder(newest.get(0).getId(), newest.get(1).getId());
        master.advance(Duration.ofSeconds(10));
        assertThat(outstanding(scheduler)).isEqualTo(2);
    }

    @Test
    void whatTasksUseCountsForTheLimit() {
        agents(4);
        var scheduler = subscribed("eng");
        for (var offer : scheduler.offers().subList(0, 2)) {
            scheduler.launch(offer, Tasks.task("t-" + offer.getId().getValue(), offer, "cpus:1;mem:128"));
        }

        apply(limit(Policy.OPEN, "eng", UNIT));

        assertThat(scheduler.rescinded()).hasSize(2);
        assertThat(scheduler.updates()).as("tasks go on").isEmpty();
    }

    @Test
    void aLimitOnAnotherResourceRescindsNothing() {
        agents(4);
        var scheduler = subscribed("eng");

        apply(limit(Policy.OPEN, "eng", "disk:10"));

        assertThat(scheduler.rescinded()).isEmpty();
    }

    @Test
    void aDeletedQuotaLiftsTheLimitAtOnce() {
        apply(limit(Policy.OPEN, "eng", UNIT));
        agents(3);
        var scheduler = subscribed("eng");
        assertThat(scheduler.offers()).hasSize(1);

        apply(Policy.OPEN);

        assertThat(scheduler.offers()).hasSize(3);
        assertThat(scheduler.rescinded()).isEmpty();
    }

    @Test
    void offersThatAreOwedToANewGuaranteeAreRescindedAndHeldBack() {
        agents(4);
        var scheduler = subscribed("eng");

        apply(guarantee(Policy.OPEN, "ops", "cpus:3;mem:384"));

        assertThat(scheduler.rescinded()).hasSize(3);
        master.advance(Duration.ofSeconds(10));
        assertThat(outstanding(scheduler)).isEqualTo(1);
        assertThat(subscribed("ops").offers()).hasSize(3);
    }

    @Test
    void offersThatAGuaranteeCoversAreNotOwedToOthers() {
        agents(4);
        var scheduler = subscribed("eng");

        apply(guarantee(guarantee(Policy.OPEN, "eng", "cpus:2"), "ops", "cpus:4"));

        assertThat(scheduler.rescinded()).hasSize(2);
    }

    @Test
    void freeResourcesSatisfyAGuaranteeBeforeOffersDo() {
        agents(2);
        var scheduler = subscribed("eng");
        scheduler.decline(scheduler.offers().getFirst(), 100);

        apply(guarantee(Policy.OPEN, "ops", "cpus:1"));

        assertThat(scheduler.rescinded()).isEmpty();
    }

    @Test
    void aChangedWeightRescindsWhatAnotherNowComesBeforeIn() {
        agents(4);
        var first = subscribed("eng");
        var second = subscribed("ops");

        apply(Policy.OPEN.withRole(role("ops"), DeclaredRole.DEFAULT.withWeight(3)));

        assertThat(first.rescinded()).hasSize(3);
        master.advance(Duration.ofSeconds(1));
        assertThat(outstanding(first)).isEqualTo(1);
        assertThat(outstanding(second)).isEqualTo(3);
    }

    @Test
    void aChangedWeightRescindsNothingWhereNobodyWaits() {
        agents(4);
        var scheduler = subscribed("eng");

        apply(Policy.OPEN.withRole(role("ops"), DeclaredRole.DEFAULT.withWeight(3)));

        assertThat(scheduler.rescinded()).isEmpty();
    }

    @Test
    void aChangedWeightRescindsNothingOfOtherBranches() {
        agents(4);
        var scheduler = subscribed("eng");
        subscribed("ops/night");

        apply(Policy.OPEN.withRole(role("ops/day"), DeclaredRole.DEFAULT.withWeight(3)));

        assertThat(scheduler.rescinded()).isEmpty();
    }

    @Test
    void weightsOfDeletedRolesAreDefaultAgain() {
        var weighted = Policy.OPEN.withRole(role("ops"), DeclaredRole.DEFAULT.withWeight(3));
        apply(weighted);
        apply(weighted.withoutRole(role("ops")));
        var first = subscribed("eng");
        var second = subscribed("ops");

        agents(4);
        master.advance(Duration.ofSeconds(2));

        assertThat(first.offers()).hasSize(2);
        assertThat(second.offers()).hasSize(2);
    }

    @Test
    void priorityDecidesWhereTheRoleSaysSo() {
        var first = subscribed("eng/a");
        var second = subscribed("eng/b");
        apply(Policy.OPEN
                .withRole(role("eng"), DeclaredRole.DEFAULT.withOrder(OrderPolicy.PRIORITY))
                .withRole(role("eng/b"), DeclaredRole.DEFAULT.withPriority(5)));

        agents(1);
        master.advance(MOMENT);

        assertThat(first.offers()).isEmpty();
        assertThat(second.offers()).hasSize(1);
    }

    @Test
    void thePolicyInForceAgainChangesNothing() {
        agents(4);
        var policy =
                limit(Policy.OPEN, "eng", "cpus:4;mem:512").withRole(role("ops"), DeclaredRole.DEFAULT.withWeight(3));
        apply(policy);
        var scheduler = subscribed("eng");
        subscribed("ops");

        apply(policy);

        assertThat(scheduler.rescinded()).isEmpty();
    }

    // What can be seen of it

    private RoleSnapshot seen(String path) {
        return master.snapshot().policy().roles().stream()
                .filter(role -> role.path().equals(role(path)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void rolesShowWhatTheyHoldAndWhatTheyAreDue() {
        agents(4);
        var scheduler = subscribed("eng/web");
        scheduler.launch(
                scheduler.offers().getFirst(),
                Tasks.task("t1", scheduler.offers().getFirst(), UNIT));
        apply(limit(Policy.OPEN, "eng", "cpus:2;mem:256").withRole(role("eng"), DeclaredRole.DEFAULT.withWeight(2)));

        var eng = seen("eng");

        assertThat(eng.weight()).isEqualTo(2);
        assertThat(eng.frameworks()).isEqualTo(1);
        assertThat(eng.allocation()).isEqualTo(Quantities.parse("cpus:2;mem:256"));
        assertThat(eng.share()).isEqualTo(0.5);
        assertThat(eng.consumed()).isEqualTo(Quantities.parse(UNIT));
        assertThat(eng.limits().thousandthsByName()).containsEntry("cpus", 2000L);
    }

    @Test
    void aGuaranteeIsSatisfiedIfTheRoleHasItOrCouldTakeIt() {
        agents(2);

        apply(guarantee(Policy.OPEN, "ops", "cpus:2"));
        assertThat(seen("ops").satisfied()).as("it could take it").isTrue();

        var scheduler = subscribed("ops");
        assertThat(scheduler.offers()).hasSize(2);
        assertThat(seen("ops").satisfied()).as("it is offered it").isTrue();

        apply(guarantee(Policy.OPEN, "ops", "cpus:3"));
        assertThat(seen("ops").satisfied()).isFalse();
    }

    // Why a framework gets no offers

    private Explained.Known explain(TestScheduler scheduler) {
        return (Explained.Known) master.explain(scheduler.id(), Optional.empty(), Optional.empty());
    }

    @Test
    void aLimitIsGivenAsTheReason() {
        agents(2);
        var nothing = new Limits(new TreeMap<>(Map.of("cpus", 0L, "mem", 0L)));
        apply(Policy.OPEN.withQuota(role("eng"), new DeclaredQuota(Quantities.NONE, nothing)));
        var scheduler = subscribed("eng");

        var answer = explain(scheduler);

        assertThat(answer.roles()).hasSize(1);
        assertThat(answer.topReason()).contains("LimitReached on 2 agents");
        assertThat(answer.lastOfferedAt()).isEmpty();
    }

    @Test
    void whoHasOffersIsToldSo() {
        agents(2);
        var scheduler = subscribed("eng");

        assertThat(explain(scheduler).outstandingOffers()).isEqualTo(2);
        assertThat(explain(scheduler).lastOfferedAt()).isPresent();
    }

    @Test
    void aRoleThatIsWithheldIsGivenAsTheReason() {
        agents(2);
        var scheduler = subscribed("eng");
        apply(Policy.OPEN.withRole(role("eng"), DeclaredRole.DEFAULT.allowing(new Subject.User("alice"))));

        assertThat(explain(scheduler).topReason().orElseThrow())
                .contains("'eng'")
                .contains("allowedSubjects");
    }

    @Test
    void oneAgentAndOneRoleCanBeAskedFor() {
        agents(2);
        var scheduler = subscribed("eng");
        var agent = new AgentId(scheduler.lastOffer().getAgentId().getValue());

        var answer = (Explained.Known) master.explain(scheduler.id(), Optional.of(role("eng")), Optional.of(agent));

        assertThat(answer.roles().getFirst().explanation().orElseThrow().reasons())
                .containsOnlyKeys(agent);
    }

    @Test
    void whatIsNotKnownIsNamed() {
        var scheduler = subscribed("eng");

        assertThat(master.explain(new FrameworkId("f9"), Optional.empty(), Optional.empty()))
                .isEqualTo(new Explained.Unknown("Framework 'f9' is not known here"));
        assertThat(((Explained.Unknown) master.explain(scheduler.id(), Optional.of(role("ops")), Optional.empty()))
                        .problem())
                .contains("'ops'")
                .contains("[eng]");
        assertThat(((Explained.Unknown)
                                master.explain(scheduler.id(), Optional.empty(), Optional.of(new AgentId("a9"))))
                        .problem())
                .contains("'a9'");
    }
}
