package dev.proffer.master.core.reservations;

import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.ReservedParts;
import dev.proffer.master.core.policy.AgentSelector;
import dev.proffer.master.core.policy.DeclaredReservation;
import dev.proffer.model.AgentId;
import dev.proffer.model.Attribute;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * The agents that a reservation is bound to. Each agent has a fixed rank with each reservation, by a hash of both names, so
 * that a new master which knows nothing of the choice makes the same; agents where the reservation is in use come first, and
 * who was chosen stays chosen.
 */
final class Choice {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final DeclaredReservation reservation;
    private final ReservedParts.Key key;
    private final LinkedHashSet<AgentId> chosen = new LinkedHashSet<>();

    Choice(DeclaredReservation reservation) {
        this.reservation = reservation;
        this.key = new ReservedParts.Key(reservation.name(), reservation.role());
    }

    DeclaredReservation reservation() {
        return reservation;
    }

    ReservedParts.Key key() {
        return key;
    }

    SequencedSet<AgentId> chosen() {
        return Collections.unmodifiableSequencedSet(chosen);
    }

    boolean isChosen(AgentId agent) {
        return chosen.contains(agent);
    }

    void choose(AgentId agent) {
        chosen.add(agent);
    }

    void drop(AgentId agent) {
        chosen.remove(agent);
    }

    boolean isComplete() {
        return reservation.count().isPresent()
                && chosen.size() >= reservation.count().getAsInt();
    }

    boolean isExcessive() {
        return reservation.count().isPresent()
                && chosen.size() > reservation.count().getAsInt();
    }

    Rank rank(Agent agent) {
        return new Rank(agent, isInUse(agent), score(agent.id()));
    }

    /** How well an agent suits; the best comes first. */
    record Rank(Agent agent, boolean inUse, long score) implements Comparable<Rank> {
        private static final Comparator<Rank> ORDER = Comparator.<Rank, Boolean>comparing(rank -> !rank.inUse)
                .thenComparing(Rank::score, Long::compareUnsigned)
                .thenComparing(rank -> rank.agent.id());

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }

    boolean isInUse(Agent agent) {
        return !agent.reservedParts().of(key).isEmpty()
                && !agent.reservedInUse().of(key).isEmpty();
    }

    boolean matches(Agent agent) {
        var selector = reservation.selector();
        return selector.agent().filter(only -> !only.equals(agent.id())).isEmpty()
                && (selector.hostnames().isEmpty() || selector.hostnames().contains(agent.hostname()))
                && hasAttributes(agent, selector);
    }

    private static boolean hasAttributes(Agent agent, AgentSelector selector) {
        return selector.attributes().entrySet().stream()
                .allMatch(wanted -> agent.profile().description().attributes().stream()
                        .anyMatch(attribute -> attribute.name().equals(wanted.getKey())
                                && text(attribute.value()).equals(wanted.getValue())));
    }

    private static String text(Attribute.Value value) {
        return switch (value) {
            case Attribute.Text(var text) -> text;
            case Attribute.OfScalar(var scalar) -> scalar.toString();
            case Attribute.OfRanges(var ranges) -> ranges.toString();
            case Attribute.OfItems(var items) -> items.toString();
        };
    }

    /** Rendezvous hashing: when an agent comes or goes, the others keep their ranks. */
    private long score(AgentId agent) {
        long hash = FNV_OFFSET;
        for (byte each : (reservation.name() + "\n" + agent).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
