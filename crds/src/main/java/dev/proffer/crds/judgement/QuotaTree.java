package dev.proffer.crds.judgement;

import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import dev.proffer.model.Scalar;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether guarantees can be kept all at once: below their parents, below limits, and in the cluster. */
final class QuotaTree {
    private final SortedMap<RolePath, Amounts> quotas;
    private final @Nullable Quantities capacity;

    /** What the subtree of a role needs: its own guarantee or, if that is more, those of its children together. */
    private final SortedMap<RolePath, SortedMap<String, Long>> needs = new TreeMap<>();

    QuotaTree(SortedMap<RolePath, Amounts> quotas, @Nullable Quantities capacity) {
        this.quotas = quotas;
        this.capacity = capacity;
        quotas.forEach((path, amounts) -> {
            needs.putIfAbsent(path, new TreeMap<>());
            for (var parent = path.parent();
                    parent.isPresent();
                    parent = parent.get().parent()) {
                needs.putIfAbsent(parent.get(), new TreeMap<>());
            }
        });
        // Descendants come after their ancestors in path order, so this goes from the leaves up.
        for (var path : needs.reversed().sequencedKeySet()) {
            Optional.ofNullable(quotas.get(path)).ifPresent(own -> raise(path, own.guarantees()));
            path.parent().ifPresent(parent -> add(parent, path));
        }
    }

    Finding feasibility(RolePath path) {
        return childrenProblem(path)
                .or(() -> limitProblem(path))
                .or(() -> capacityProblem(path))
                .orElseGet(() -> capacity == null
                        ? finding(
                                true,
                                "CapacityUnknown",
                                "The guarantees fit; no agent has registered yet to compare with.")
                        : finding(true, "Fits", "All guarantees can be kept at once."));
    }

    private Optional<Finding> childrenProblem(RolePath path) {
        return firstAbove(needs(path), own(path).guarantees())
                .map(excess -> finding(
                        false,
                        "ChildrenExceedGuarantee",
                        "The children of '%s' are guaranteed %s of %s together, but it has only %s; raise it or lower theirs."
                                .formatted(path, text(excess.amount()), excess.name(), text(excess.bound()))));
    }

    private Optional<Finding> limitProblem(RolePath path) {
        for (var at = Optional.of(path); at.isPresent(); at = at.get().parent()) {
            var limited = at.get();
            var below = new TreeMap<>(needs(limited));
            below.keySet().retainAll(needs(path).keySet());
            var excess = firstAbove(below, own(limited).limits());
            if (excess.isPresent()) {
                return excess.map(too -> finding(
                        false,
                        "ExceedsLimit",
                        "%s of %s is guaranteed to '%s' and below, whose limit is %s; raise the limit or lower guarantees."
                                .formatted(text(too.amount()), too.name(), limited, text(too.bound()))));
            }
        }
        return Optional.empty();
    }

    private static Optional<Excess> firstAbove(SortedMap<String, Long> amounts, SortedMap<String, Long> bounds) {
        for (var amount : amounts.entrySet()) {
            var bound = bounds.get(amount.getKey());
            if (bound != null && amount.getValue() > bound) {
                return Optional.of(new Excess(amount.getKey(), amount.getValue(), bound));
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> capacityProblem(RolePath path) {
        if (capacity == null) {
            return Optional.empty();
        }
        return needs(path).keySet().stream()
                .filter(name -> guaranteedInAll(name) > capacity.thousandths(name))
                .findFirst()
                .map(name -> finding(
                        false,
                        "ExceedsCapacity",
                        "%s of %s is guaranteed in all, and the cluster has %s; add agents or lower guarantees."
                                .formatted(text(guaranteedInAll(name)), name, text(capacity.thousandths(name)))));
    }

    private long guaranteedInAll(String name) {
        return needs.entrySet().stream()
                .filter(entry -> !entry.getKey().isNested())
                .mapToLong(entry -> entry.getValue().getOrDefault(name, 0L))
                .sum();
    }

    private SortedMap<String, Long> needs(RolePath path) {
        return needs.getOrDefault(path, new TreeMap<>());
    }

    private Amounts own(RolePath path) {
        return quotas.getOrDefault(path, Amounts.NONE);
    }

    private void raise(RolePath path, Map<String, Long> guarantees) {
        guarantees.forEach((name, amount) -> needs(path).merge(name, amount, Math::max));
    }

    private void add(RolePath parent, RolePath child) {
        needs(child).forEach((name, amount) -> needs(parent).merge(name, amount, Long::sum));
    }

    private static String text(long thousandths) {
        return new Scalar(thousandths).toString();
    }

    private static Finding finding(boolean feasible, String reason, String message) {
        return new Finding(Finding.FEASIBLE, feasible, reason, message);
    }

    /** Guarantees and limits, in thousandths by resource. */
    record Amounts(SortedMap<String, Long> guarantees, SortedMap<String, Long> limits) {
        static final Amounts NONE = new Amounts(new TreeMap<>(), new TreeMap<>());
    }

    /** Thousandths of a resource that are too many. */
    private record Excess(String name, long amount, long bound) {}
}
