package dev.proffer.master.core.explanations;

import dev.proffer.allocator.explain.Explanation;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.RolePath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What became of the question why a framework gets no offers. */
public sealed interface Explained {

    /** @param problem names what is not known, or the role that is not the framework's */
    record Unknown(String problem) implements Explained {}

    /**
     * As things stand now.
     *
     * @param heldBack why this master makes no offers at all, if it makes none
     * @param outstandingOffers how many it has not answered
     * @param lastOfferedAt when it was last made an offer, in this term
     * @param roles those that were asked for, as many as one question may
     * @param rolesLeftOut how many more it has
     */
    record Known(
            FrameworkId framework,
            Optional<String> heldBack,
            int outstandingOffers,
            Optional<Instant> lastOfferedAt,
            List<OfRole> roles,
            int rolesLeftOut)
            implements Explained {
        public Known {
            roles = List.copyOf(roles);
        }

        /** The kind of reason that stands in the way on most agents, over all roles, and on how many. */
        public Optional<String> topReason() {
            if (heldBack.isPresent()) {
                return heldBack;
            }
            var withheld =
                    roles.stream().flatMap(role -> role.withheld().stream()).findFirst();
            return withheld.isPresent() ? withheld : mostFrequent(roles);
        }

        private static Optional<String> mostFrequent(List<OfRole> roles) {
            var counts = new TreeMap<String, Integer>();
            roles.forEach(role -> role.summary().forEach((kind, count) -> counts.merge(kind, count, Integer::sum)));
            return counts.entrySet().stream()
                    .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
                    .map(most -> most.getKey() + " on " + most.getValue() + " agents");
        }
    }

    /**
     * In one role.
     *
     * @param withheld why the framework may not use the role; then the allocator has no say
     */
    record OfRole(RolePath role, Optional<String> withheld, Optional<Explanation> explanation) {
        SortedMap<String, Integer> summary() {
            return explanation.map(Explanation::summary).orElseGet(TreeMap::new);
        }
    }
}
