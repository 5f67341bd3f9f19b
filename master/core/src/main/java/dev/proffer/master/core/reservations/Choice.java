package dev.proffer.master.core.reservations;

import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Agents;
import dev.proffer.master.core.cluster.ReservedParts;
import dev.proffer.master.core.policy.AgentSelector;
import dev.proffer.master.core.policy.DeclaredReservation;
import dev.proffer.model.AgentId;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;

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

    /** Of a reservation with a count, those who are chosen. */
    private final TreeSet<Scored> ranked = new TreeSet<>();

    private boolean isPast;

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
        if (reservation.count().isPresent()) {
            ranked.add(new Scored(score(agent), agent));
        }
    }

    void drop(AgentId agent) {
        chosen.remove(agent);
        ranked.remove(new Scored(score(agent), agent));
    }

    /** The reservation was declared anew, or is no more: this choice holds nothing. */
    void end() {
        isPast = true;
    }

    boolean isPast() {
        return isPast;
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

    /** Who of those that are chosen suits least, of a reservation with a count. */
    Optional<Agent> worst(Agents agents) {
        return ranked.descendingSet().stream()
                .flatMap(scored -> agents.find(scored.agent).stream())
                .filter(agent -> !isInUse(agent))
                .findFirst()
                .or(() -> ranked.descendingSet().stream()
                        .flatMap(scored -> agents.find(scored.agent).stream())
                        .findFirst());
    }

    /** Whether the agent could suit better than the worst one: a quick answer, which errs to yes. */
    boolean mayDisplace(Agent agent) {
        return isInUse(agent) || ranked.isEmpty() || Long.compareUnsigned(score(agent.id()), ranked.last().score) < 0;
    }

    private record Scored(long score, AgentId agent) implements Comparable<Scored> {
        private static final Comparator<Scored> ORDER =
                Comparator.comparing(Scored::score, Long::compareUnsigned).thenComparing(Scored::agent);

        @Override
        public int compareTo(Scored other) {
            return ORDER.compare(this, other);
        }
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
                                && attribute.asText().equals(wanted.getValue())));
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
