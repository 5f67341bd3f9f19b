package dev.proffer.allocator.run;

import dev.proffer.allocator.books.RoleLeaf;
import dev.proffer.allocator.books.RoleNode;
import dev.proffer.allocator.order.Claimant;
import dev.proffer.allocator.order.LotOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Below a role whose policy is chance, all roles of the subtree are shuffled together, as in Mesos: each with the weight that
 * its branch has at every level, relative to the branches beside it that want something.
 */
public final class Lottery {
    private record Ticket(RoleLeaf leaf, double key) {}

    private Lottery() {}

    /** All roles below {@code node} that want something, in the order of the draw. */
    public static List<RoleLeaf> draw(RoleNode node, LotOrder lots) {
        var tickets = new ArrayList<Ticket>();
        collect(node, 1, lots, tickets);
        tickets.sort(Comparator.comparingDouble(Ticket::key)
                .thenComparing(ticket -> ticket.leaf().path()));
        return tickets.stream().map(Ticket::leaf).toList();
    }

    private static void collect(RoleNode node, double weight, LotOrder lots, List<Ticket> tickets) {
        var entries = node.entries().siblings().stream()
                .sorted(Comparator.comparing(Claimant::path))
                .toList();
        double sum = entries.stream().mapToDouble(Claimant::weight).sum();
        for (var entry : entries) {
            double relative = weight * entry.weight() / sum;
            switch (entry) {
                case RoleNode child -> collect(child, relative, lots, tickets);
                case RoleLeaf leaf -> tickets.add(new Ticket(leaf, lots.draw(relative)));
                default -> throw new IllegalStateException("a role has no such entry: " + entry);
            }
        }
    }
}
