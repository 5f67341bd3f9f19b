package dev.proffer.allocator;

import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the allocator knows of a framework.
 *
 * @param roles the roles it is subscribed to
 * @param suppressed the roles among them for which it wants no offers
 * @param minAllocatable per role, the smallest offers worth making: any of the quantities suffices; an empty list means
 *     that anything will do; a missing role means the cluster's default
 * @param constraints which agents it wants offers of
 */
public record FrameworkProfile(
        List<RolePath> roles,
        List<RolePath> suppressed,
        List<FrameworkCapability> capabilities,
        SortedMap<RolePath, List<Quantities>> minAllocatable,
        Optional<OfferConstraints> constraints) {
    public FrameworkProfile {
        roles = List.copyOf(roles);
        suppressed = List.copyOf(suppressed);
        capabilities = List.copyOf(capabilities);
    }
}
