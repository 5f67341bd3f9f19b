package dev.proffer.master.core.cluster;

import dev.proffer.allocator.OfferConstraints;
import dev.proffer.model.RolePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which offers a framework wants.
 *
 * @param subscribed its roles
 * @param suppressed those of them that want no offers for now
 * @param withheld those of them that it may not use for now
 * @param constraints which agents it wants offers of
 */
public record RoleChoice(
        List<RolePath> subscribed,
        List<RolePath> suppressed,
        List<RolePath> withheld,
        Optional<OfferConstraints> constraints) {
    public RoleChoice {
        subscribed = List.copyOf(subscribed);
        suppressed = List.copyOf(suppressed);
        withheld = List.copyOf(withheld);
    }

    /** All of the roles may be used. */
    public RoleChoice(List<RolePath> subscribed, List<RolePath> suppressed, Optional<OfferConstraints> constraints) {
        this(subscribed, suppressed, List.of(), constraints);
    }

    /** With these roles suppressed as well; none means all. */
    public RoleChoice suppress(Collection<RolePath> roles) {
        var more = new TreeSet<>(roles.isEmpty() ? subscribed : suppressed);
        more.addAll(roles);
        return new RoleChoice(subscribed, List.copyOf(more), withheld, constraints);
    }

    /** With these roles no longer suppressed; none means all. */
    public RoleChoice revive(Collection<RolePath> roles) {
        var rest = new ArrayList<>(suppressed);
        rest.removeIf(role -> roles.isEmpty() || roles.contains(role));
        return new RoleChoice(subscribed, rest, withheld, constraints);
    }

    public RoleChoice withhold(List<RolePath> roles) {
        return new RoleChoice(subscribed, suppressed, roles, constraints);
    }

    /** The roles that may be used. */
    public List<RolePath> usable() {
        return subscribed.stream().filter(role -> !withheld.contains(role)).toList();
    }

    /** The roles that want offers, and may have them. */
    public List<RolePath> wanting() {
        return usable().stream().filter(role -> !suppressed.contains(role)).toList();
    }
}
