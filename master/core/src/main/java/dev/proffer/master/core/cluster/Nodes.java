package dev.proffer.master.core.cluster;

import dev.proffer.allocator.Unavailability;
import dev.proffer.master.core.registry.NodeState;
import java.time.Instant;
import java.util.Optional;

/** The machines of which the cluster says something special, by name. */
public final class Nodes {
    private final Remembered<String, Special> special;

    private record Special(NodeState state, Instant since) {}

    Nodes(int most) {
        this.special = new Remembered<>(most);
    }

    public void change(String name, NodeState state, Instant at) {
        var since = special.find(name).map(Special::since).orElse(at);
        special.remove(name);
        if (!state.admitsOffers()) {
            special.put(name, new Special(state, since));
        }
    }

    public NodeState of(String name) {
        return special.find(name).map(Special::state).orElse(NodeState.USUAL);
    }

    /** Whoever cordons a machine wants it empty, for nobody knows how long. */
    public Optional<Unavailability> unavailability(String name) {
        return special.find(name).map(known -> new Unavailability(known.since, Optional.empty()));
    }
}
