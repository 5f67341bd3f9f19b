package dev.proffer.allocator;

import static dev.proffer.allocator.Scenario.offer;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quota on nested roles, which Mesos planned (its disabled tests) and never had. */
class NestedQuotaScenarioTest {
    private Scenario cluster;

    @BeforeEach
    void start() {
        cluster = Scenario.of(false);
    }

    /** Mesos' rule that guarantees consumed by descendants count for the parent, and DISABLED_NestedQuotaAccounting. */
    @Test
    void nestedGuaranteesAreHeldBackOnce() {
        cluster.quota("a", "cpus:4;mem:400").quota("a/b", "cpus:3;mem:300").framework("F1", "other");
        cluster.agent("A1", "cpus:4;mem:400");
        assertThat(cluster.offers()).isEmpty();
        cluster.agent("A2", "cpus:1;mem:100");
        assertThat(cluster.offers()).hasSize(1);
    }

    /** Mesos' DISABLED_NestedRoleQuota. */
    @Test
    void aChildMayDrawOnItsParentsGuaranteeButNotOnItsSiblings() {
        cluster.quota("a", "cpus:2;mem:1024", "cpus:2;mem:1024").quota("a/b", "cpus:1;mem:512", "");
        cluster.framework("F1", "a/c").agent("A1", "cpus:1;mem:512");
        assertThat(cluster.offers()).containsExactly(offer("F1", "a/c", "A1", "cpus:1;mem:512"));
        cluster.agent("A2", "cpus:1;mem:512");
        assertThat(cluster.offers()).isEmpty();
        cluster.framework("F2", "a/b");
        assertThat(cluster.offers()).containsExactly(offer("F2", "a/b", "A2", "cpus:1;mem:512"));
        cluster.agent("A3", "cpus:1;mem:512");
        assertThat(cluster.offers()).isEmpty();
    }

    /** Mesos' DISABLED_NestedRoleQuotaAllocateToParent. */
    @Test
    void aParentMayUseItsOwnGuarantee() {
        cluster.quota("a", "cpus:2;mem:1024").quota("a/b", "cpus:1;mem:512");
        cluster.framework("F1", "a").agent("A1", "cpus:2;mem:1024");
        assertThat(cluster.offers()).containsExactly(offer("F1", "a", "A1", "cpus:1;mem:512"));
    }

    @Test
    void burstsLeaveRoomForWhatIsPromisedToSiblings() {
        cluster.quota("a", "", "cpus:3;mem:3000").quota("a/b", "cpus:2;mem:2000", "");
        cluster.framework("F1", "a/c").agent("A1", "cpus:8;mem:8000");
        assertThat(cluster.offers()).containsExactly(offer("F1", "a/c", "A1", "cpus:1;mem:1000"));
        cluster.framework("F2", "a/b");
        assertThat(cluster.offers()).containsExactly(offer("F2", "a/b", "A1", "cpus:2;mem:2000"));
    }

    @Test
    void aLimitDeepInTheTreeBindsWhatIsBelowIt() {
        cluster.quota("a/b", "", "cpus:1;mem:512").framework("F1", "a/b/c").framework("F2", "a/b/d");
        cluster.agent("A1", "cpus:4;mem:4096");
        assertThat(cluster.offers()).containsExactly(offer("F1", "a/b/c", "A1", "cpus:1;mem:512"));
        cluster.framework("F3", "a/e");
        assertThat(cluster.offers()).containsExactly(offer("F3", "a/e", "A1", "cpus:3;mem:3584"));
    }
}
