package dev.proffer.allocator.books;

import static dev.proffer.allocator.ResourceSamples.revocable;
import static dev.proffer.allocator.ResourceSamples.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.Limits;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scenarios of Mesos' sorters, with their numbers. */
class StandingsTest {
    private static final String HUNDRED = "cpus:100;mem:100";

    /** Mesos' DRF, ShallowHierarchy and DeepHierarchy: the same numbers with other names. */
    @ParameterizedTest
    @CsvSource({"a, b, c, d, e, f", "a/a, b/b, c/c, d/d, e/e, f/f", "a/a/a/a/a, b/b/b/b, c/c/c, d/d, e/e/e/e/e/e, f/f"})
    void theSmallestDominantShareComesFirst(String a, String b, String c, String d, String e, String f) {
        var sorter = Standings.with(HUNDRED).hold(a, 5, 5).hold(b, 6, 6);
        assertThat(sorter.order()).isEqualTo(names(a, b));
        sorter.hold(c, 1, 1).hold(d, 3, 1);
        assertThat(sorter.order()).isEqualTo(names(c, d, a, b));
        sorter.remove(a).release(b, 4, 4);
        assertThat(sorter.order()).isEqualTo(names(c, b, d));
        sorter.hold(e, 1, 5).total("cpus:50;mem:100");
        assertThat(sorter.order()).isEqualTo(names(c, b, e, d));
        sorter.total("cpus:50;mem:200").hold(f, 5, 1).hold(c, 0, 15);
        assertThat(sorter.order()).isEqualTo(names(e, b, d, c, f));
        assertThat(sorter.cluster.roles().root().tracked()).isEqualTo(5);
        sorter.deactivate(d);
        assertThat(sorter.order()).isEqualTo(names(e, b, c, f));
        assertThat(sorter.cluster.roles().root().tracked()).isEqualTo(5);
        sorter.activate(d);
        assertThat(sorter.order()).isEqualTo(names(e, b, d, c, f));
    }

    private static String names(String... names) {
        return String.join(",", names);
    }

    /** Mesos' WDRF. */
    @Test
    void sharesAreDividedByWeight() {
        var sorter = Standings.with(HUNDRED).hold("a", 5, 5).weight("b", 2).hold("b", 6, 6);
        assertThat(sorter.order()).isEqualTo("b,a");
        sorter.hold("c", 4, 4);
        assertThat(sorter.order()).isEqualTo("b,c,a");
        sorter.weight("d", 10).hold("d", 10, 20);
        assertThat(sorter.order()).isEqualTo("d,b,c,a");
        sorter.remove("b");
        assertThat(sorter.order()).isEqualTo("d,c,a");
        sorter.hold("d", 10, 25);
        assertThat(sorter.order()).isEqualTo("c,d,a");
        sorter.weight("e", 0.1).hold("e", 1, 1);
        assertThat(sorter.order()).isEqualTo("c,d,a,e");
        sorter.remove("a");
        assertThat(sorter.order()).isEqualTo("c,d,e");
    }

    /** Mesos' UpdateWeight. */
    @Test
    void aWeightCanChange() {
        var sorter = Standings.with(HUNDRED).hold("a", 5, 5).hold("b", 6, 6);
        assertThat(sorter.order()).isEqualTo("a,b");
        assertThat(sorter.weight("b", 2).order()).isEqualTo("b,a");
    }

    /** Mesos' AllocationCountTieBreak. */
    @Test
    void amongEqualsTheOneServedLessOftenComesFirst() {
        var sorter = Standings.with(HUNDRED).hold("a", 3, 3).hold("b", 3, 3).hold("e", 3, 3);
        sorter.hold("c", 1, 1).hold("c", 1, 1).hold("c", 1, 1).hold("d", 2, 2).hold("d", 1, 1);
        assertThat(sorter.order()).isEqualTo("a,b,e,d,c");
        assertThat(sorter.release("c", 3, 3).order()).isEqualTo("c,a,b,e,d");
        assertThat(sorter.hold("c", 3, 3).order()).isEqualTo("a,b,e,d,c");
        assertThat(sorter.deactivate("c").activate("c").order()).isEqualTo("a,b,e,d,c");
        assertThat(sorter.release("c", 3, 3).hold("c", 3, 3).order()).isEqualTo("a,b,e,d,c");
        sorter.deactivate("a").release("a", 1, 3).hold("a", 1, 3);
        assertThat(sorter.order()).isEqualTo("b,e,d,c");
        assertThat(sorter.activate("a").order()).isEqualTo("b,e,a,d,c");
    }

    /** Mesos' HierarchicalAllocation. */
    @Test
    void subtreesCompeteAsAWhole() {
        var sorter = Standings.with(HUNDRED).add("a", "b/c", "b/d");
        assertThat(sorter.order()).isEqualTo("a,b/c,b/d");
        assertThat(sorter.hold("a", 6, 6).order()).isEqualTo("b/c,b/d,a");
        assertThat(sorter.hold("b/c", 4, 4).hold("b/d", 3, 3).order()).isEqualTo("a,b/d,b/c");
        assertThat(held(sorter, "b")).isEqualTo(Quantities.parse("cpus:7;mem:7"));
        assertThat(heldByAll(sorter)).isEqualTo(Quantities.parse("cpus:13;mem:13"));
        assertThat(sorter.hold("a", 2, 2).order()).isEqualTo("b/d,b/c,a");
        assertThat(sorter.add("b/e/f").order()).isEqualTo("b/e/f,b/d,b/c,a");
        assertThat(sorter.hold("b/e/f", 3.5, 3.5).order()).isEqualTo("a,b/d,b/e/f,b/c");
        assertThat(sorter.remove("b/e/f").order()).isEqualTo("b/d,b/c,a");
        assertThat(sorter.release("b/c", 3, 3).order()).isEqualTo("b/c,b/d,a");
        assertThat(sorter.hold("b/e/f", 3.5, 3.5).order()).isEqualTo("b/c,b/d,b/e/f,a");
        assertThat(sorter.isClient("b/e/f")).isTrue();
        assertThat(sorter.isClient("b/e")).isFalse();
        assertThat(sorter.isClient("b")).isFalse();
    }

    private static Quantities held(Standings sorter, String role) {
        return sorter.cluster.roles().obtain(new RolePath(role)).held().toQuantities(sorter.cluster.names());
    }

    private static Quantities heldByAll(Standings sorter) {
        return sorter.cluster.roles().root().held().toQuantities(sorter.cluster.names());
    }

    /** Mesos' HierarchicalIterationOrder. */
    @Test
    void aSubtreeIsServedBeforeTheNext() {
        var sorter = Standings.with(HUNDRED).add("a/b", "c", "d", "d/e");
        assertThat(sorter.order()).isEqualTo("a/b,c,d,d/e");
        assertThat(sorter.hold("c", 8, 8).order()).isEqualTo("a/b,d,d/e,c");
        assertThat(sorter.hold("d", 3, 3).hold("d/e", 2, 2).order()).isEqualTo("a/b,d/e,d,c");
        assertThat(sorter.hold("a/b", 6, 6).order()).isEqualTo("d/e,d,a/b,c");
    }

    /** Mesos' AddChildToLeaf. */
    @Test
    void aRoleWithChildrenIsAlsoOneOfThem() {
        var sorter = Standings.with(HUNDRED).hold("a", 10, 10).hold("b", 6, 6);
        assertThat(sorter.order()).isEqualTo("b,a");
        assertThat(sorter.hold("a/c", 5, 5).order()).isEqualTo("b,a/c,a");
        assertThat(sorter.remove("a").order()).isEqualTo("a/c,b");
        assertThat(sorter.hold("a", 10, 10).order()).isEqualTo("b,a/c,a");
        assertThat(sorter.weight("a/c", 0.2).order()).isEqualTo("b,a,a/c");
        assertThat(sorter.weight("a", 3).order()).isEqualTo("a,a/c,b");
        assertThat(sorter.weight("a/c", 1).order()).isEqualTo("a/c,a,b");
    }

    /** Mesos' AddChildToInternal. */
    @Test
    void aRoleMayComeAfterItsChildren() {
        var sorter = Standings.with(HUNDRED).hold("x/a", 10, 10).hold("x/b", 6, 6);
        assertThat(sorter.order()).isEqualTo("x/b,x/a");
        assertThat(sorter.hold("x", 7, 7).order()).isEqualTo("x/b,x,x/a");
        assertThat(sorter.hold("z", 20, 20).order()).isEqualTo("z,x/b,x,x/a");
        assertThat(sorter.remove("x").order()).isEqualTo("x/b,x/a,z");
    }

    /** Mesos' AddChildToInactiveLeaf. */
    @Test
    void anInactiveRoleMayGetActiveChildren() {
        var sorter = Standings.with(HUNDRED).hold("a", 10, 10).hold("b", 6, 6);
        assertThat(sorter.deactivate("a").order()).isEqualTo("b");
        assertThat(sorter.hold("a/c", 5, 5).order()).isEqualTo("b,a/c");
    }

    /** Mesos' RemoveLeafCollapseParent. */
    @Test
    void aRoleOutlastsItsChildren() {
        var sorter = Standings.with(HUNDRED).hold("a", 10, 10).hold("b", 6, 6).hold("a/c", 5, 5);
        assertThat(sorter.order()).isEqualTo("b,a/c,a");
        assertThat(sorter.remove("a/c").order()).isEqualTo("b,a");
    }

    /** Mesos' RemoveLeafCollapseParentInactive. */
    @Test
    void aRoleStaysInactiveWithoutItsChildren() {
        var sorter = Standings.with(HUNDRED).hold("a", 10, 10).hold("b", 6, 6).hold("a/c", 5, 5);
        assertThat(sorter.deactivate("a").order()).isEqualTo("b,a/c");
        assertThat(sorter.remove("a/c").order()).isEqualTo("b");
    }

    /** Mesos' ChangeWeightOnSubtree. */
    @Test
    void theWeightOfARoleIsItsSubtrees() {
        var sorter = Standings.with(HUNDRED).weight("b", 3).weight("a", 2).add("a/x", "b/y");
        assertThat(sorter.order()).isEqualTo("a/x,b/y");
        assertThat(sorter.hold("a/x", 10, 10).hold("b/y", 10, 10).order()).isEqualTo("b/y,a/x");
        assertThat(sorter.hold("b/z", 5, 5).order()).isEqualTo("b/z,b/y,a/x");
        assertThat(sorter.hold("b", 4, 4).order()).isEqualTo("a/x,b,b/z,b/y");
        assertThat(sorter.hold("a/zz", 2, 2).order()).isEqualTo("a/zz,a/x,b,b/z,b/y");
    }

    /** Mesos' SplitResourceShares. */
    @Test
    void piecesOfOneResourceAddUp() {
        var sorter = Standings.with("cpus:100;mem:100;disk:100")
                .hold("a", Resources.parse("cpus:9;mem:9;disk:9"))
                .hold("b", Resources.parse("cpus:9;mem:9").plus(volume("v1", 5)).plus(volume("v2", 5)));
        assertThat(sorter.order()).isEqualTo("a,b");
    }

    /** Mesos' UpdateAllocation and UpdateAllocationNestedClient. */
    @ParameterizedTest
    @CsvSource({"a, b", "a/x, b/y"})
    void conversionsChangeTheNatureAndNotTheAmount(String client, String other) {
        var total = "cpus:10;mem:10;disk:10";
        var sorter = Standings.with(total).add(client, other).hold(client, Resources.parse(total));
        sorter.convert(client, "agent", Resources.parse("disk:5"), Resources.of(volume("v", 5)));
        assertThat(sorter.heldOn(client, "agent"))
                .isEqualTo(Resources.parse("cpus:10;mem:10;disk:5").plus(volume("v", 5)));
        assertThat(held(sorter, client)).isEqualTo(Quantities.parse(total));
        sorter.convert(client, "agent", sorter.heldOn(client, "agent"), Resources.EMPTY);
        assertThat(sorter.heldOn(client, "agent")).isEqualTo(Resources.EMPTY);
        assertThat(held(sorter, client)).isEqualTo(Quantities.NONE);
    }

    /** Mesos' MultipleSlavesUpdateAllocation. */
    @Test
    void conversionsAreMadeAgentByAgent() {
        var total = Resources.parse("cpus:10;mem:10;disk:10");
        var sorter = twoAgents(total).hold("a", "A", total).hold("a", "B", total);
        for (var agent : List.of("A", "B")) {
            sorter.convert("a", agent, Resources.parse("disk:5"), Resources.of(volume("v", 5)));
            assertThat(sorter.heldOn("a", agent))
                    .isEqualTo(Resources.parse("cpus:10;mem:10;disk:5").plus(volume("v", 5)));
            assertThat(held(sorter, "a")).isEqualTo(Quantities.parse("cpus:20;mem:20;disk:20"));
        }
    }

    private static Standings twoAgents(Resources each) {
        return new Standings(AllocatorConfig.DEFAULT).total("A", each).total("B", each);
    }

    /** Mesos' AllocationForInactiveClient. */
    @Test
    void whatInactiveClientsHoldCounts() {
        var sorter = Standings.with("cpus:10;mem:10").add("a").deactivate("a");
        sorter.hold("a", 2, 2).hold("b", 3, 3);
        assertThat(sorter.order()).isEqualTo("b");
        assertThat(sorter.heldOn("a", "agent")).isEqualTo(Resources.parse("cpus:2;mem:2"));
        assertThat(sorter.heldOn("b", "agent")).isEqualTo(Resources.parse("cpus:3;mem:3"));
        assertThat(heldByAll(sorter)).isEqualTo(Quantities.parse("cpus:5;mem:5"));
    }

    /** Mesos' MultipleSlaves. */
    @Test
    void whatIsHeldIsKeptAgentByAgent() {
        var each = Resources.parse("cpus:2;mem:512;ports:[31000-32000]");
        var sorter = twoAgents(each).hold("a", "A", each).hold("a", "B", each);
        assertThat(sorter.heldOn("a", "A")).isEqualTo(each);
        assertThat(sorter.heldOn("a", "B")).isEqualTo(each);
        assertThat(held(sorter, "a")).isEqualTo(Quantities.parse("cpus:4;mem:1024"));
    }

    /** Mesos' UpdateTotal. */
    @Test
    void sharesFollowTheTotal() {
        var sorter = Standings.with("cpus:10;mem:100").hold("a", 2, 1).hold("b", 1, 2);
        assertThat(sorter.order()).isEqualTo("b,a");
        assertThat(sorter.total("cpus:100;mem:10").order()).isEqualTo("a,b");
    }

    /** Mesos' MultipleSlavesUpdateTotal. */
    @Test
    void sharesFollowTheTotalOfEachAgent() {
        var two = twoAgents(Resources.parse("cpus:5;mem:50"))
                .hold("a", "A", Resources.parse("cpus:2;mem:1"))
                .hold("b", "B", Resources.parse("cpus:1;mem:3"));
        assertThat(two.order()).isEqualTo("b,a");
        assertThat(two.total("A", Resources.parse("cpus:95;mem:50")).order()).isEqualTo("a,b");
    }

    /** Mesos' RemoveResources. */
    @Test
    void sharesFollowWhatIsGone() {
        var sorter = Standings.with("cpus:10").hold("a", 6, 0).hold("b", 4, 0);
        assertThat(sorter.order()).isEqualTo("b,a");
        assertThat(sorter.release("a", 5, 0).total("cpus:5").order()).isEqualTo("a,b");
        assertThat(share(sorter, "a")).isEqualTo(.2);
        assertThat(share(sorter, "b")).isEqualTo(.8);
    }

    /** Mesos' RevocableResources. */
    @Test
    void revocableResourcesCount() {
        var sorter = new Standings(AllocatorConfig.DEFAULT)
                .total("agent", Resources.parse("cpus:10;mem:100").plus(revocable("cpus", 10)))
                .hold("a", 2, 1)
                .hold("b", Resources.parse("cpus:1;mem:1").plus(revocable("cpus", 9)));
        assertThat(sorter.order()).isEqualTo("a,b");
        assertThat(share(sorter, "a")).isEqualTo(.1);
        assertThat(share(sorter, "b")).isEqualTo(.5);
    }

    private static double share(Standings sorter, String client) {
        return sorter.slot(client).weightedShare(sorter.cluster.pool());
    }

    private static Standings withShared(double disk, Resource shared) {
        return new Standings(AllocatorConfig.DEFAULT)
                .total("agent", Resources.parse(HUNDRED + ";disk:" + disk).plus(shared));
    }

    private static Resources with(double cpus, double mem, Resource... shared) {
        return Resources.parse("cpus:" + cpus + ";mem:" + mem).plus(Resources.of(shared));
    }

    /** Mesos' SharedResources. */
    @Test
    void eachUserOfASharedVolumeIsChargedInFull() {
        var shared = volume("v", 100).asShared();
        var sorter = withShared(900, shared).hold("a", with(5, 5, shared)).hold("b", 6, 6);
        assertThat(sorter.order()).isEqualTo("b,a");
        assertThat(sorter.hold("c", with(1, 1, shared)).order()).isEqualTo("b,a,c");
        assertThat(sorter.remove("a").release("b", 4, 4).order()).isEqualTo("b,c");
        assertThat(sorter.hold("d", with(1, 5, shared)).order()).isEqualTo("b,c,d");
        assertThat(sorter.cluster.roles().root().tracked()).isEqualTo(3);
    }

    /** Mesos' SameDominantSharedResourcesAcrossClients. */
    @Test
    void aDominantSharedVolumeMakesAllEqual() {
        var shared = volume("v", 900).asShared();
        var sorter = withShared(100, shared).hold("b", with(5, 20, shared)).hold("c", with(10, 6, shared));
        assertThat(sorter.order()).isEqualTo("b,c");
        assertThat(sorter.hold("a", with(50, 40, shared)).order()).isEqualTo("a,b,c");
        assertThat(List.of("a", "b", "c")).allMatch(client -> share(sorter, client) == .9);
    }

    /** Mesos' SameSharedResourcesSameClient. */
    @Test
    void copiesOfASharedVolumeAreChargedOnce() {
        var shared = volume("v", 50).asShared();
        var sorter = withShared(950, shared).hold("a", with(2, 2, shared)).hold("b", 6, 6);
        assertThat(sorter.order()).isEqualTo("a,b");
        assertThat(sorter.hold("a", Resources.of(shared, shared, shared)).order())
                .isEqualTo("a,b");
    }

    /** Mesos' SharedResourcesUnallocated. */
    @Test
    void theLastCopyThatIsReleasedCounts() {
        var shared = volume("v", 100).asShared();
        var sorter = withShared(900, shared)
                .hold("a", with(2, 2, shared, shared, shared))
                .hold("b", 6, 6);
        assertThat(sorter.order()).isEqualTo("b,a");
        assertThat(sorter.release("a", Resources.of(shared)).order()).isEqualTo("b,a");
        assertThat(sorter.release("a", Resources.of(shared, shared)).order()).isEqualTo("a,b");
    }

    /** Mesos' RolesTracking. */
    @Test
    void rolesExistAsLongAsAnythingSpeaksOfThem() {
        var sorter = Standings.with("cpus:1;mem:10");
        var roles = sorter.cluster.roles();
        var role = new RolePath("a/b/c");
        sorter.weight("a/b/c", 2);
        assertThat(roles.find(new RolePath("a/b"))).isNotNull();
        sorter.weight("a/b/c", 1);
        assertThat(roles.find(new RolePath("a"))).isNull();
        sorter.total("cpus(a/b/c):1");
        assertThat(roles.obtain(new RolePath("a")).quota().reserved().toQuantities(sorter.cluster.names()))
                .isEqualTo(Quantities.parse("cpus:1"));
        sorter.total("cpus:1");
        assertThat(roles.find(role)).isNull();
        roles.setQuota(role, Quantities.parse("cpus:1"), Limits.NONE);
        assertThat(roles.find(role)).isNotNull();
        roles.setQuota(role, Quantities.NONE, Limits.NONE);
        assertThat(roles.find(role)).isNull();
        sorter.add("a/b/c");
        assertThat(roles.obtain(role).leaf().tracked()).isEqualTo(1);
        assertThat(roles.obtain(new RolePath("a")).leaf().tracked()).isZero();
        sorter.remove("a/b/c");
        assertThat(roles.all()).isEmpty();
    }
}
