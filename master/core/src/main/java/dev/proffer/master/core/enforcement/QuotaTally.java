package dev.proffer.master.core.enforcement;

import dev.proffer.allocator.AllocatorFigures;
import dev.proffer.master.core.policy.DeclaredQuota;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What quota counts as consumed, offers included, while offers are taken back one by one. */
final class QuotaTally {
    private final SortedMap<RolePath, DeclaredQuota> quotas;
    private final TreeMap<RolePath, Quantities> consumed = new TreeMap<>();
    private final Quantities missing;
    private Quantities free;

    QuotaTally(AllocatorFigures figures, SortedMap<RolePath, DeclaredQuota> quotas) {
        this.quotas = quotas;
        this.missing = figures.missing();
        this.free = figures.free();
        figures.roles().forEach((role, of) -> consumed.put(role, of.offeredOrConsumed()));
    }

    /** Whether the offer adds to a consumption that is above a limit of its role or of one above it. */
    boolean isOverLimit(OfferSnapshot offer) {
        var limited = quotasAbove(offer.role()).stream()
                .filter(role -> !quota(role).limits().thousandthsByName().isEmpty())
                .toList();
        if (limited.isEmpty()) {
            return false;
        }
        var counted = counted(offer);
        return limited.stream()
                .anyMatch(role -> quota(role).limits().thousandthsByName().entrySet().stream()
                        .anyMatch(limit -> counted.thousandths(limit.getKey()) > 0
                                && consumed(role).thousandths(limit.getKey()) > limit.getValue()));
    }

    /** Whether the offer holds what is missing to guarantees, and is not covered by a guarantee itself. */
    boolean isOwedToOthers(OfferSnapshot offer) {
        var lacking = missing.asMap().keySet().stream()
                .filter(name -> free.thousandths(name) < missing.thousandths(name))
                .toList();
        if (lacking.isEmpty()) {
            return false;
        }
        var counted = counted(offer);
        return lacking.stream()
                .anyMatch(name -> counted.thousandths(name) > 0
                        && quotasAbove(offer.role()).stream().noneMatch(role -> isCovered(role, name, counted)));
    }

    private boolean isCovered(RolePath role, String name, Quantities counted) {
        long rest = consumed(role).thousandths(name) - counted.thousandths(name);
        return rest < quota(role).guarantees().thousandths(name);
    }

    void takeBack(OfferSnapshot offer) {
        var counted = counted(offer);
        free = free.plus(counted);
        for (@Nullable RolePath role = offer.role();
                role != null;
                role = role.parent().orElse(null)) {
            consumed.put(role, consumed(role).minus(counted));
        }
    }

    private Quantities consumed(RolePath role) {
        return consumed.getOrDefault(role, Quantities.NONE);
    }

    private DeclaredQuota quota(RolePath role) {
        return quotas.getOrDefault(role, DeclaredQuota.NONE);
    }

    /** The role and those above it, as far as they have a quota. */
    private List<RolePath> quotasAbove(RolePath role) {
        var path = new ArrayList<RolePath>();
        for (var each = Optional.of(role); each.isPresent(); each = each.get().parent()) {
            if (quotas.containsKey(each.get())) {
                path.add(each.get());
            }
        }
        return path;
    }

    /** What of the offer counts as consumed only because it is offered. */
    private static Quantities counted(OfferSnapshot offer) {
        return counted(offer.resources());
    }

    private static Quantities counted(Resources resources) {
        return resources
                .filter(resource -> !resource.isReserved() && !resource.revocable())
                .scalars();
    }
}
