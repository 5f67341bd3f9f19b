package dev.proffer.allocator.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.OrderPolicy;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The scenarios of Mesos' random sorter: how often each client comes at which place. */
class LotStandingsTest {
    /** Mesos' WeightedShuffleTest.ProbabilityDistribution and RandomSorterTest.ProbabilityDistribution. */
    @Test
    void lotsAreWeighted() {
        var sorter = new Standings(AllocatorConfig.DEFAULT.withOrders(OrderPolicy.RANDOM, OrderPolicy.RANDOM));
        for (int i = 0; i < 5; i++) {
            sorter.weight("" + i, i + 1).add("" + i);
        }
        var frequencies = frequencies(sorter, List.of("0", "1", "2", "3", "4"), 5000);
        assertRow(frequencies[0], .07, .08, .12, .20, .54);
        assertRow(frequencies[1], .13, .16, .20, .28, .23);
        assertRow(frequencies[2], .20, .22, .24, .22, .12);
        assertRow(frequencies[3], .27, .26, .23, .17, .07);
        assertRow(frequencies[4], .33, .28, .21, .13, .04);
    }

    /** Mesos' RandomSorterTest.HierarchicalProbabilityDistribution. */
    @Test
    void lotsAreDrawnForTheWholeTree() {
        var sorter = new Standings(AllocatorConfig.DEFAULT.withOrders(OrderPolicy.RANDOM, OrderPolicy.RANDOM));
        sorter.weight("a", 1).weight("a/b", 2).weight("c", 2).weight("c/d", 1).weight("c/e", 2);
        sorter.add("a", "a/b", "c/d", "c/e");
        var frequencies = frequencies(sorter, List.of("a", "a/b", "c/d", "c/e"), 10_000);
        assertRow(frequencies[0], .11, .15, .23, .51);
        assertRow(frequencies[1], .22, .27, .30, .21);
        assertRow(frequencies[2], .22, .27, .30, .21);
        assertRow(frequencies[3], .44, .31, .18, .07);
    }

    private static double[][] frequencies(Standings sorter, List<String> clients, int runs) {
        var frequencies = new double[clients.size()][clients.size()];
        for (int run = 0; run < runs; run++) {
            var order = Arrays.asList(sorter.order().split(","));
            for (int client = 0; client < clients.size(); client++) {
                frequencies[client][order.indexOf(clients.get(client))] += 1.0 / runs;
            }
        }
        return frequencies;
    }

    private static void assertRow(double[] actual, double... expected) {
        assertThat(actual).containsExactly(expected, within(.05));
    }
}
