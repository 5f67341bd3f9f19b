package dev.proffer.allocator;

import static dev.proffer.allocator.Scenario.held;
import static dev.proffer.allocator.Scenario.offer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.model.AgentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies other than Mesos', and the order in which agents are visited. */
class PolicyScenarioTest {
    private static AllocatorConfig config() {
        return AllocatorConfig.DEFAULT.withMinAllocatable(List.of());
    }

    /**
     * The starvation example of the H-DRF paper: 10 CPUs and 10 GPUs; x wants CPUs; y has two children, of which c wants CPUs
     * and g wants GPUs, and has all of them. Tasks on CPUs end and start again. By DRF the GPUs count for all of y, so its
     * child c loses CPU after CPU to x; by H-DRF g, which can have nothing more, is left out.
     */
    @ParameterizedTest
    @EnumSource(
            value = OrderPolicy.class,
            names = {"DRF", "HDRF"})
    void aChildIsNotStarvedForWhatItsSiblingHolds(OrderPolicy policy) {
        var cluster = new Scenario(config().withOrders(policy, OrderPolicy.DRF), 3);
        cluster.framework("c", "y/c").framework("x", "x");
        cluster.framework("g", Scenario.capable("y/g", FrameworkCapability.GPU_RESOURCES));
        cluster.suppress("c").suppress("x").suppress("g");
        var running = new ArrayList<AllocatorInput.Holding>();
        for (int i = 0; i < 10; i++) {
            var holder = i % 2 == 0 ? held("c", "y/c", "C" + i, "cpus:1") : held("x", "x", "C" + i, "cpus:1");
            running.add(holder);
            cluster.agent("C" + i, "cpus:1", holder);
            cluster.agent("G" + i, "gpus:1", held("g", "y/g", "G" + i, "gpus:1"));
        }
        cluster.revive("c").revive("x").revive("g").offers();
        for (int round = 0; round < 40; round++) {
            cluster.recover(running.removeFirst(), Origin.USED, Optional.empty());
            var next = cluster.offer();
            cluster.commit(next);
            running.add(Scenario.holding(next));
        }
        var counts = new TreeMap<String, Integer>();
        running.forEach(each -> counts.merge(each.framework().value(), 1, Integer::sum));
        if (policy == OrderPolicy.DRF) {
            assertThat(counts).containsOnlyKeys("x").containsEntry("x", 10);
        } else {
            assertThat(counts).containsEntry("x", 5).containsEntry("c", 5);
        }
    }

    @Test
    void thePriorityOfARoleComesBeforeItsShare() {
        var cluster = new Scenario(config().withOrders(OrderPolicy.PRIORITY, OrderPolicy.DRF), 1);
        cluster.order("high", OrderPolicy.DRF, 10).framework("low1", "low").framework("high1", "high");
        cluster.agent("A1", "cpus:1");
        cluster.commit(cluster.offer()).agent("A2", "cpus:1");
        assertThat(cluster.offers()).containsExactly(offer("high1", "high", "A2", "cpus:1"));
        cluster.suppress("high1").agent("A3", "cpus:1");
        assertThat(cluster.offers()).containsExactly(offer("low1", "low", "A3", "cpus:1"));
    }

    @Test
    void theFirstComerMayBeServedFirst() {
        var cluster = new Scenario(config(), 1);
        cluster.order("queue", OrderPolicy.FIFO, 0).framework("z", "queue").framework("a", "queue");
        for (int i = 0; i < 3; i++) {
            cluster.agent("A" + i, "cpus:1");
            var next = cluster.offer();
            assertThat(next).isEqualTo(offer("z", "queue", "A" + i, "cpus:1"));
            cluster.commit(next);
        }
    }

    @Test
    void aPolicyIsOfItsRoleOnly() {
        var cluster = new Scenario(config(), 1);
        cluster.order("queue", OrderPolicy.FIFO, 0).framework("z", "queue").framework("y", "other");
        cluster.framework("a", "queue").framework("b", "other");
        for (int i = 0; i < 4; i++) {
            cluster.agent("A" + i, "cpus:1");
            cluster.commit(cluster.offer());
        }
        assertThat(cluster.figures("queue").share()).isEqualTo(0.5);
        assertThat(cluster.figures("other").share()).isEqualTo(0.5);
    }

    @Test
    void lotsServeEverybody() {
        var cluster = new Scenario(config().withOrders(OrderPolicy.RANDOM, OrderPolicy.RANDOM), 1);
        cluster.framework("F1", "a").framework("F2", "a/b").framework("F3", "c").pause();
        for (int i = 0; i < 100; i++) {
            cluster.agent("A" + i, "cpus:1");
        }
        cluster.resume();
        var counts = new TreeMap<String, Integer>();
        cluster.offers().forEach(each -> counts.merge(each.framework().value(), 1, Integer::sum));
        assertThat(counts).hasSize(3);
        assertThat(counts.values()).allMatch(count -> count > 10);
    }

    @ParameterizedTest
    @EnumSource(
            value = VisitOrder.class,
            names = {"PACK", "SPREAD"})
    void agentsAreVisitedByHowFullTheyAre(VisitOrder order) {
        var cluster = new Scenario(config().withVisits(order), 1);
        cluster.pause().quota("role1", "", "cpus:1");
        for (int i = 0; i < 5; i++) {
            cluster.agent("A" + i, "cpus:8", held("other", "other", "A" + i, "cpus:" + (i + 1)));
        }
        cluster.framework("F1", "role1").resume();
        assertThat(cluster.offer().agent()).isEqualTo(new AgentId(order == VisitOrder.PACK ? "A4" : "A0"));
    }

    @ParameterizedTest(name = "mesosExact={0}")
    @ValueSource(booleans = {false, true})
    void whoSitsOnOffersWaitsBehindOthersUnlessMesosExact(boolean mesosExact) {
        var config = config().withOrders(OrderPolicy.FIFO, OrderPolicy.FIFO);
        var cluster = new Scenario(mesosExact ? config.withMesosExact() : config, 1);
        cluster.framework("first", "a").framework("second", "b");
        cluster.agent("A1", "cpus:4").agent("A2", "cpus:4").agent("A3", "cpus:4");
        var frameworks =
                cluster.offers().stream().map(each -> each.framework().value()).toList();
        assertThat(frameworks)
                .isEqualTo(mesosExact ? List.of("first", "first", "first") : List.of("first", "first", "second"));
    }

    @Test
    void whatNobodyElseTakesGoesEvenToAHoarder() {
        var cluster = new Scenario(config(), 1);
        cluster.framework("F1", "a").framework("F2", "b").suppress("F2");
        cluster.agent("A1", "cpus:4").agent("A2", "cpus:4");
        assertThat(cluster.offers())
                .hasSize(2)
                .allMatch(each -> each.framework().value().equals("F1"));
    }

    @Test
    void anOperatorsOrderOfDefaultsIsNoReasonForARoleToExist() {
        var cluster = new Scenario(config(), 1);
        cluster.order("role1", OrderPolicy.PRIORITY, 3);
        assertThat(cluster.figuresOrNull("role1")).isNotNull();
        cluster.order("role1", OrderPolicy.DRF, 0);
        assertThat(cluster.figuresOrNull("role1")).isNull();
        assertThat(cluster.offers()).isEmpty();
    }
}
