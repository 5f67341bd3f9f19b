package dev.proffer.allocator.books;

import dev.proffer.allocator.AllocatorFigures;
import dev.proffer.allocator.AllocatorFigures.RoleFigures;
import dev.proffer.allocator.amounts.Amounts;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import java.util.Map;
import java.util.TreeMap;

/** Reads figures off the books. */
public final class FigureBook {
    private final Cluster cluster;

    public FigureBook(Cluster cluster) {
        this.cluster = cluster;
    }

    public AllocatorFigures read(long runs) {
        var filters = filtersByRole();
        var roles = new TreeMap<RolePath, RoleFigures>();
        for (var node : cluster.roles().all()) {
            roles.put(node.role(), read(node, filters.getOrDefault(node.role(), 0)));
        }
        var root = cluster.roles().root();
        var total = quantities(cluster.pool().capacity());
        return new AllocatorFigures(
                runs,
                total,
                counted(total),
                quantities(root.held()),
                quantities(cluster.pool().free()),
                quantities(root.quota().unsatisfied()),
                roles);
    }

    private Quantities counted(Quantities total) {
        var kept = new TreeMap<>(total.asMap());
        kept.keySet().removeAll(cluster.config().ordering().uncountedForShares());
        return Quantities.of(kept);
    }

    private RoleFigures read(RoleNode node, int filters) {
        var quota = node.quota();
        return new RoleFigures(
                node.weightedShare(cluster.pool()),
                node.weight(),
                node.tracked(),
                quantities(node.held()),
                quota.guarantees(),
                quota.limits(),
                quantities(quota.reserved()).plus(quantities(quota.used())),
                quantities(quota.reserved()).plus(quantities(quota.held())),
                filters);
    }

    private Map<RolePath, Integer> filtersByRole() {
        var filters = new TreeMap<RolePath, Integer>();
        for (var framework : cluster.frameworks()) {
            for (var slot : framework.slots()) {
                filters.merge(slot.role(), cluster.numbers().rows(slot.number()), Integer::sum);
            }
        }
        return filters;
    }

    private Quantities quantities(Amounts amounts) {
        return amounts.toQuantities(cluster.names());
    }
}
