package dev.proffer.master.core.offers;

import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.OfferId;
import dev.proffer.protocol.v1.OfferID;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Whether the offers of an ACCEPT can be accepted together. The checks and their order are Mesos'. */
final class OfferChecks {
    private OfferChecks() {}

    /** Either the offers, at least one, or why they cannot be used. */
    sealed interface Verdict {
        record Usable(List<OfferSnapshot> offers) implements Verdict {}

        record Unusable(String problem) implements Verdict {}
    }

    static Verdict check(
            List<OfferID> ids, FrameworkId framework, Function<OfferId, Optional<OfferSnapshot>> outstanding) {
        if (ids.isEmpty()) {
            return new Verdict.Unusable("no offers are named in 'accept.offer_ids'");
        }
        var seen = new TreeSet<String>();
        for (var id : ids) {
            if (!seen.add(id.getValue())) {
                return new Verdict.Unusable("offer " + id.getValue() + " is named twice");
            }
        }
        var offers = new ArrayList<OfferSnapshot>(ids.size());
        for (var id : ids) {
            var offer = outstanding.apply(new OfferId(id.getValue()));
            if (offer.isEmpty()) {
                return new Verdict.Unusable("offer " + id.getValue() + " is no longer valid");
            }
            offers.add(offer.get());
        }
        return commonProblem(offers, framework)
                .<Verdict>map(Verdict.Unusable::new)
                .orElseGet(() -> new Verdict.Usable(List.copyOf(offers)));
    }

    private static Optional<String> commonProblem(List<OfferSnapshot> offers, FrameworkId framework) {
        var first = offers.getFirst();
        for (var offer : offers) {
            if (!offer.framework().equals(framework)) {
                return Optional.of("offer " + offer.id() + " was not made to framework " + framework);
            }
        }
        for (var offer : offers) {
            if (!offer.role().equals(first.role())) {
                return Optional.of("offers accepted together must be of one role, but offer " + offer.id()
                        + " is of role '" + offer.role() + "' and offer " + first.id() + " of role '" + first.role()
                        + "'");
            }
        }
        for (var offer : offers) {
            if (!offer.agent().equals(first.agent())) {
                return Optional.of("offers accepted together must be of one agent, but offer " + offer.id()
                        + " is of agent " + offer.agent() + " and offer " + first.id() + " of agent " + first.agent());
            }
        }
        return Optional.empty();
    }
}
