package dev.proffer.master.core.cluster;

import dev.proffer.allocator.Unavailability;
import dev.proffer.master.core.registry.NodeLabels;
import dev.proffer.master.core.registry.NodeState;
import java.time.Instant;
import java.util.Optional;

/** What the cluster says of machines, by name: what is special, and how they are labelled. */
public final class Nodes {
    private final Remembered<String, Special> special;
    private final Remembered<String, NodeLabels> labels;

    private record Special(NodeState state, Instant since) {}

    Nodes(int most) {
        this.special = new Remembered<>(most);
        this.labels = new Remembered<>(most);
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

    public void label(String name, NodeLabels now) {
        labels.put(name, now);
    }

    /** Unless better is known already. */
    public void recall(String name, NodeLabels recorded) {
        if (!labels.contains(name)) {
            labels.put(name, recorded);
        }
    }

    /** As they were last heard of or recorded; empty if the machine may be no node, or one that is not known yet. */
    public Optional<NodeLabels> labels(String name) {
        return labels.find(name);
    }
}
