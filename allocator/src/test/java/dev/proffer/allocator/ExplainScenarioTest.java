package dev.proffer.allocator;

import static dev.proffer.allocator.Scenario.held;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.allocator.AllocatorInput.AgentDescription;
import dev.proffer.allocator.OfferConstraints.Constraint;
import dev.proffer.allocator.explain.Reason;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each reason with its figures. */
class ExplainScenarioTest {
    private Scenario cluster;

    @BeforeEach
    void start() {
        cluster = Scenario.of(false);
    }

    private List<Reason> reasons(String framework, String role, String agent) {
        var id = new AgentId(agent);
        var explanation =
                cluster.allocator.explain(cluster.now, new FrameworkId(framework), new RolePath(role), Optional.of(id));
        assertThat(explanation.reasons()).containsOnlyKeys(id);
        return Objects.requireNonNull(explanation.reasons().get(id));
    }

    @Test
    void reasonsOfTheFramework() {
        cluster.framework("F1", "role1").suppress("F1").agent("A1", "cpus:1;mem:64");
        assertThat(reasons("F1", "role1", "A1")).containsExactly(new Reason.Suppressed());
        assertThat(reasons("F1", "role2", "A1")).containsExactly(new Reason.NotSubscribed());
        cluster.apply(new AllocatorInput.FrameworkDeactivated(new FrameworkId("F1")));
        assertThat(reasons("F1", "role1", "A1")).containsExactly(new Reason.FrameworkInactive());
        assertThatThrownBy(() -> reasons("F2", "role1", "A1")).hasMessageContaining("F2");
        assertThatThrownBy(() -> reasons("F1", "role1", "A2")).hasMessageContaining("A2");
    }

    @Test
    void recovering() {
        cluster.apply(new AllocatorInput.Recovering(5, Duration.ofMinutes(1)));
        cluster.framework("F1", "role1").agent("A1", "cpus:1;mem:64");
        assertThat(reasons("F1", "role1", "A1")).containsExactly(new Reason.Recovering());
    }

    @Test
    void reasonsOfTheAgent() {
        var id = new AgentId("A1");
        cluster.agent("A1", "cpus:1;mem:64").apply(new AllocatorInput.AgentDeactivated(id));
        cluster.framework("F1", "role1");
        assertThat(reasons("F1", "role1", "A1")).containsExactly(new Reason.AgentInactive());
        cluster.apply(new AllocatorInput.AgentActivated(id)).offers();
        assertThat(reasons("F1", "role1", "A1")).containsExactly(new Reason.NothingFree());
        cluster.apply(new AllocatorInput.WhitelistChanged(Optional.of(List.of("A2"))));
        assertThat(reasons("F1", "role1", "A1")).containsExactly(new Reason.AgentNotWhitelisted());
    }

    @Test
    void refused() {
        cluster.framework("F1", "role1").agent("A1", "cpus:1;mem:64");
        cluster.decline(cluster.offer(), 60).tick();
        assertThat(reasons("F1", "role1", "A1")).containsExactly(new Reason.Refused(Duration.ofSeconds(59)));
    }

    @Test
    void refusedThoughItsTimeIsOverUntilAPassHasSeenIt() {
        cluster.framework("F1", "role1").agent("A1", "cpus:1;mem:64");
        cluster.decline(cluster.offer(), 1);
        cluster.now = cluster.now.plus(Duration.ofSeconds(1));
        assertThat(reasons("F1", "role1", "A1")).containsExactly(new Reason.Refused(Duration.ZERO));
        assertThat(cluster.settle().offers()).isEmpty();
        cluster.now = cluster.now.plus(Duration.ofSeconds(1));
        assertThat(reasons("F1", "role1", "A1")).isEmpty();
    }

    /** Less than what is free was refused, but all that the quota lets through. */
    @Test
    void refusedIsWhatWouldBeOffered() {
        cluster.quota("role1", "", "cpus:1;mem:64").framework("F1", "role1").agent("A1", "cpus:4;mem:256");
        var declined = cluster.offer();
        assertThat(declined.resources()).isEqualTo(Resources.parse("cpus:1;mem:64"));
        cluster.decline(declined, 60);
        assertThat(reasons("F1", "role1", "A1")).containsExactly(new Reason.Refused(Duration.ofSeconds(60)));
    }

    @Test
    void belowMinimumAndCapability() {
        cluster.framework("F1", "role1").agent("A1", "cpus:0.001").agent("A2", "cpus:1;gpus:1");
        assertThat(reasons("F1", "role1", "A1"))
                .containsExactly(new Reason.BelowMinimum(Resources.parse("cpus:0.001")));
        assertThat(reasons("F1", "role1", "A2")).containsExactly(new Reason.CapabilityMissing("GPU_RESOURCES"));
    }

    @Test
    void constraint() {
        var constraint = new Constraint(
                new OfferConstraints.Selector.AttributeName("rack"), new OfferConstraints.Predicate.Exists());
        var groups = new TreeMap<RolePath, List<OfferConstraints.Group>>();
        groups.put(new RolePath("role1"), List.of(new OfferConstraints.Group(List.of(constraint))));
        cluster.framework(
                "F1",
                new FrameworkProfile(
                        Scenario.roles("role1"),
                        List.of(),
                        Scenario.MULTI_ROLE,
                        new TreeMap<>(),
                        Optional.of(new OfferConstraints(groups))));
        cluster.agent("A1", "cpus:1;mem:64");
        assertThat(cluster.offers()).isEmpty();
        assertThat(reasons("F1", "role1", "A1")).containsExactly(new Reason.ConstraintFails(constraint));
        var racked = new AgentDescription(
                "A1",
                Scenario.description("A1", "rack:r1").attributes(),
                Optional.empty(),
                Scenario.description("A1", "").capabilities());
        cluster.apply(new AllocatorInput.AgentUpdated(new AgentId("A1"), racked, Resources.parse("cpus:1;mem:64")));
        assertThat(cluster.offers()).hasSize(1);
    }

    @Test
    void limitReachedNamesTheLevel() {
        cluster.quota("a", "", "cpus:1;mem:64").framework("F1", "a/b").agent("A1", "cpus:4;mem:256");
        cluster.commit(cluster.offer());
        assertThat(reasons("F1", "a/b", "A1"))
                .containsExactly(
                        new Reason.LimitReached(new RolePath("a"), "cpus", 1000, 1000, 0, 3000),
                        new Reason.LimitReached(new RolePath("a"), "mem", 64_000, 64_000, 0, 192_000));
    }

    @Test
    void heldBackNamesWhoseGuarantees() {
        cluster.quota("quota", "cpus:2").framework("F1", "role1").agent("A1", "cpus:1");
        assertThat(reasons("F1", "role1", "A1"))
                .containsExactly(new Reason.HeldBack(List.of(new RolePath("quota")), "cpus", 2000, 1000));
    }

    @Test
    void othersFirstNamesTheBranch() {
        cluster.framework("F1", "a/b").agent("A1", "cpus:1;mem:64").agent("A2", "cpus:1;mem:64");
        cluster.offers().forEach(cluster::commit);
        var used = held("F1", "a/b", "A2", "cpus:1;mem:64");
        cluster.framework("F2", "c").pause().recover(used, AllocatorInput.Origin.USED, Optional.empty());
        assertThat(reasons("F1", "a/b", "A2"))
                .containsExactly(new Reason.OthersFirst(new FrameworkId("F2"), new RolePath("c"), "c", 0, 0.5));
        assertThat(reasons("F2", "c", "A2")).isEmpty();
    }

    @Test
    void reservedForOthersAndOutstanding() {
        var used = held("F1", "role1", "A1", "cpus:1");
        cluster.framework("F1", "role1").agent("A1", "cpus:2", used).agent("A2", "cpus(role2):1");
        cluster.recover(used, AllocatorInput.Origin.USED, Optional.empty());
        assertThat(reasons("F1", "role1", "A1")).containsExactly(new Reason.OfferOutstanding());
        assertThat(reasons("F1", "role1", "A2")).containsExactly(new Reason.ReservedForOthers());
    }

    @Test
    void tooMuchOutstanding() {
        cluster = new Scenario(AllocatorConfig.DEFAULT.withOrders(OrderPolicy.FIFO, OrderPolicy.FIFO), 1);
        cluster.framework("F1", "a")
                .agent("A1", "cpus:2")
                .framework("F2", "b")
                .pause()
                .agent("A2", "cpus:1");
        assertThat(reasons("F1", "a", "A2")).containsExactly(new Reason.TooMuchOutstanding(2.0 / 3, 0.5));
    }

    @Test
    void theSummaryCountsAgents() {
        cluster.framework("F1", "role1")
                .agent("A1", "cpus:1")
                .agent("A2", "cpus:1")
                .agent("A3", "cpus:0.001");
        cluster.offers().forEach(offer -> cluster.decline(offer, 60));
        var summary = cluster.allocator
                .explain(cluster.now, new FrameworkId("F1"), new RolePath("role1"), Optional.empty())
                .summary();
        assertThat(summary)
                .containsEntry("Refused", 2)
                .containsEntry("BelowMinimum", 1)
                .hasSize(2);
    }

    @Test
    void strandedIsWhatNoLaunchFitsInto() {
        cluster.agent("A1", "cpus:4;mem:512").framework("F1", "role1");
        cluster.commit(cluster.offer());
        assertThat(cluster.allocator.fragmentation().strandedAgents()).isZero();
        cluster.suppress("F1").agent("A2", "cpus:1;mem:4096").agent("A3", "cpus:8;mem:1024");
        assertThat(cluster.allocator.fragmentation().stranded()).isEqualTo(Quantities.NONE);
        cluster.pause().revive("F1");
        var fragmentation = cluster.allocator.fragmentation();
        assertThat(fragmentation.stranded()).isEqualTo(Quantities.parse("cpus:1;mem:4096"));
        assertThat(fragmentation.strandedAgents()).isEqualTo(1);
        assertThat(fragmentation.largestAgent()).contains(new AgentId("A2"));
        assertThat(fragmentation.largestOffer()).isEqualTo(Quantities.parse("cpus:1;mem:4096"));
    }
}
