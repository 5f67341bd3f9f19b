package dev.proffer.master.edge.figures;

import dev.proffer.master.core.explanations.Explained;
import dev.proffer.master.core.snapshot.DeclaredFrameworkSnapshot;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.master.edge.figures.FrameworkStatuses.Offers;
import dev.proffer.model.FrameworkId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Whether frameworks get offers, and if not, why: asked of the allocator, for a bounded number of frameworks in a round. */
final class OfferFlows {
    /** Each question costs the master as much as an allocation. */
    private static final int MOST_QUESTIONS = 50;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Offers NOT_ASKED =
            new Offers(false, "Unknown", "It has no offer now; kubectl proffer explain says why.");

    private final LeaderView leader;
    private final Set<FrameworkId> offered;
    private int questions;

    OfferFlows(LeaderView leader, MasterSnapshot snapshot) {
        this.leader = leader;
        this.offered = snapshot.offers().stream().map(OfferSnapshot::framework).collect(Collectors.toSet());
    }

    /** Of all instances together: one that has offers is enough. */
    Offers of(Optional<DeclaredFrameworkSnapshot> declared) {
        var connected = declared.stream()
                .flatMap(all -> all.instances().stream())
                .filter(FrameworkSnapshot::connected)
                .map(FrameworkSnapshot::id)
                .toList();
        if (connected.isEmpty()) {
            return Offers.NOT_CONNECTED;
        }
        if (connected.stream().anyMatch(offered::contains)) {
            return Offers.OUTSTANDING;
        }
        return questions++ < MOST_QUESTIONS ? explained(connected.getFirst()) : NOT_ASKED;
    }

    private Offers explained(FrameworkId framework) {
        try {
            var answer = leader.explain(framework)
                    .toCompletableFuture()
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            return switch (answer) {
                case Explained.Known known ->
                    known.topReason().map(Offers::withheld).orElse(Offers.WOULD_BE_OFFERED);
                case Explained.Unknown _ -> Offers.NOT_CONNECTED;
            };
        } catch (RuntimeException busy) {
            return NOT_ASKED;
        }
    }
}
