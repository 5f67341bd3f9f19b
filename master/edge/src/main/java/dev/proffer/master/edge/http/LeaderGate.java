package dev.proffer.master.edge.http;

import java.util.Optional;
import java.util.function.Supplier;

/** Sends those away who ask a master that does not lead. Any thread. */
public final class LeaderGate {
    private final Supplier<Leader> leader;

    public LeaderGate(Supplier<Leader> leader) {
        this.leader = leader;
    }

    public Leader leader() {
        return leader.get();
    }

    /** Where to go instead, or nothing if this master answers. */
    public Optional<Answer> refusal(String pathAndQuery) {
        return switch (leader.get()) {
            case Leader.Here _ -> Optional.empty();
            case Leader.Recovering() ->
                Optional.of(Answer.unavailable("This master has just begun to lead and is not ready yet."));
            case Leader.Elsewhere(var address) -> Optional.of(Answer.redirect("//" + address + pathAndQuery));
            case Leader.Unknown() -> Optional.of(Answer.unavailable("There is no leader at the moment."));
        };
    }
}
