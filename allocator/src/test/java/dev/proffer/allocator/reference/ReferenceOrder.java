package dev.proffer.allocator.reference;

import dev.proffer.model.FrameworkId;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Roles and frameworks by weighted dominant share, then by how often they were given something, then by name. */
final class ReferenceOrder {
    private record Entry(Optional<RolePath> child, String path, double share, int allocations) {}

    private final ReferenceBooks books;

    ReferenceOrder(ReferenceBooks books) {
        this.books = books;
    }

    List<RolePath> roles() {
        var ordered = new ArrayList<RolePath>();
        below(Optional.empty(), ordered);
        return ordered;
    }

    /** Appends all roles of a subtree in order: its branches by share, the role itself being one of them. */
    private void below(Optional<RolePath> role, List<RolePath> ordered) {
        var entries = new ArrayList<Entry>();
        for (var child : children(role)) {
            double weight = books.weights.getOrDefault(child, 1.0);
            var held = books.held(each -> ReferenceBooks.isWithin(each.role, child), _ -> true);
            entries.add(new Entry(Optional.of(child), child.value(), share(held) / weight, count(child.value())));
        }
        role.filter(books.trackedRoles()::contains).ifPresent(own -> {
            var held = books.held(each -> each.role.equals(own), _ -> true);
            entries.add(new Entry(Optional.empty(), own + "/.", share(held), count(own + "/.")));
        });
        entries.sort(Comparator.comparingDouble(Entry::share)
                .thenComparingInt(Entry::allocations)
                .thenComparing(Entry::path));
        for (var entry : entries) {
            if (entry.child.isPresent()) {
                below(entry.child, ordered);
            } else {
                ordered.add(role.orElseThrow());
            }
        }
    }

    private List<RolePath> children(Optional<RolePath> role) {
        var children = new TreeSet<RolePath>();
        for (var tracked : books.trackedRoles()) {
            for (var node = Optional.of(tracked);
                    node.isPresent();
                    node = node.get().parent()) {
                if (node.get().parent().equals(role)) {
                    children.add(node.get());
                }
            }
        }
        return List.copyOf(children);
    }

    List<FrameworkId> frameworks(RolePath role) {
        var active = new ArrayList<FrameworkId>();
        books.frameworks.keySet().stream()
                .filter(id -> books.isActive(id, role))
                .forEach(active::add);
        active.sort(Comparator.<FrameworkId>comparingDouble(
                        id -> share(books.held(each -> each.framework.equals(id) && each.role.equals(role), _ -> true)))
                .thenComparingInt(id -> count(id + "@" + role))
                .thenComparing(Comparator.naturalOrder()));
        return active;
    }

    /** Whether a framework's outstanding offers are more than its part of the cluster by weight. */
    boolean hoards(FrameworkId framework, RolePath role) {
        var outstanding = Quantities.NONE;
        for (var agent : books.present()) {
            for (var held : agent.held) {
                if (held.framework.equals(framework)) {
                    outstanding = outstanding.plus(
                            held.offered.filter(ReferenceBooks::isPlain).scalars());
                }
            }
        }
        return share(outstanding) > fairPart(role) + 1e-9;
    }

    private double fairPart(RolePath role) {
        double part = 1.0 / frameworks(role).size();
        part *= 1 / weights(Optional.of(role));
        for (var node = Optional.of(role); node.isPresent(); node = node.get().parent()) {
            part *= books.weights.getOrDefault(node.get(), 1.0)
                    / weights(node.get().parent());
        }
        return part;
    }

    /** The sum of the weights of those below {@code role} that want something, the role itself being one of weight 1. */
    private double weights(Optional<RolePath> role) {
        double sum = role.filter(own -> !frameworks(own).isEmpty()).isPresent() ? 1 : 0;
        for (var child : children(role)) {
            boolean wants = books.trackedRoles().stream()
                    .anyMatch(each -> ReferenceBooks.isWithin(each, child)
                            && !frameworks(each).isEmpty());
            sum += wants ? books.weights.getOrDefault(child, 1.0) : 0;
        }
        return sum;
    }

    private double share(Quantities held) {
        var total = books.total();
        double share = 0;
        for (var entry : held.asMap().entrySet()) {
            long all = total.thousandths(entry.getKey());
            if (all > 0) {
                share = Math.max(share, (double) entry.getValue() / all);
            }
        }
        return share;
    }

    private int count(String key) {
        return books.allocations.getOrDefault(key, 0);
    }
}
