package dev.proffer.master.edge.figures;

import dev.proffer.crds.common.Amounts;
import dev.proffer.crds.framework.FrameworkStatus;
import dev.proffer.crds.framework.Instance;
import dev.proffer.master.core.snapshot.DeclaredFrameworkSnapshot;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of a Framework with the leader's figures; the operator's part stays as it is. */
final class FrameworkStatuses {
    static final String OFFERS_FLOWING = "OffersFlowing";
    private static final int INSTANCES_SHOWN = 10;
    private static final int LONGEST_NAME = 253;

    private FrameworkStatuses() {}

    /** @param declared empty if nobody has subscribed as it */
    static FrameworkStatus of(
            @Nullable FrameworkStatus before,
            Optional<DeclaredFrameworkSnapshot> declared,
            Offers offers,
            Instant now,
            @Nullable Long term) {
        return new FrameworkStatus(
                before == null ? null : before.observedGeneration(),
                Conditions.with(
                        before == null ? List.<Condition>of() : before.conditions(),
                        OFFERS_FLOWING,
                        offers.flowing(),
                        offers.reason(),
                        offers.message(),
                        now),
                term,
                declared.map(DeclaredFrameworkSnapshot::connected).orElse(false),
                declared.map(all -> all.instances().size()).orElse(0),
                declared.map(all -> all.instances().stream()
                                .limit(INSTANCES_SHOWN)
                                .map(FrameworkStatuses::instance)
                                .toList())
                        .orElse(List.of()),
                declared.map(DeclaredFrameworkSnapshot::tasks).orElse(0),
                declared.map(all -> Amounts.allocations(all.allocation())).orElse(List.of()),
                PolicyStatuses.percent(
                        declared.map(DeclaredFrameworkSnapshot::share).orElse(0.0)),
                before == null ? null : before.scheduler());
    }

    private static Instance instance(FrameworkSnapshot framework) {
        var name = framework.info().getName();
        var since = framework.reregisteredAt().orElse(framework.registeredAt());
        return new Instance(
                framework.id().value(),
                name.substring(0, Math.min(name.length(), LONGEST_NAME)),
                framework.connected() ? since.truncatedTo(ChronoUnit.SECONDS).toString() : null);
    }

    /**
     * Whether it gets offers.
     *
     * @param reason a word in CamelCase
     */
    record Offers(boolean flowing, String reason, String message) {
        static final Offers NOT_CONNECTED =
                new Offers(false, "NotConnected", "No instance is connected; offers begin when one subscribes.");

        static final Offers OUTSTANDING = new Offers(true, "Offered", "It has offers that it has not answered yet.");

        /** @param topReason as an explanation has it: a word, and on how many agents */
        static Offers withheld(String topReason) {
            var words = topReason.split(" ", 2);
            return words[0].matches("[A-Z][A-Za-z]+")
                    ? new Offers(false, words[0], topReason + "; see: kubectl proffer explain")
                    : new Offers(false, "Withheld", topReason);
        }

        static final Offers WOULD_BE_OFFERED =
                new Offers(true, "Eligible", "Nothing stands in the way of its next offer.");
    }
}
