package dev.proffer.master.core.reservations;

import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.ReservedParts;
import dev.proffer.model.Moment;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import java.util.SortedMap;
import java.util.TreeMap;

/** What can be given back and set aside on one agent now. */
final class Settlement {
    private final Agent agent;
    private final Books books;
    private final TreeMap<ReservedParts.Key, Quantities> given = new TreeMap<>();
    private final TreeMap<ReservedParts.Key, Quantities> taken = new TreeMap<>();

    private Settlement(Agent agent, Books books) {
        this.agent = agent;
        this.books = books;
    }

    static Settlement of(Agent agent, Choices choices, Books books) {
        var settlement = new Settlement(agent, books);
        var free = books.free(agent.id()).orElse(Resources.EMPTY);
        var freeParts = ReservedParts.in(free);
        excess(agent, choices)
                .forEach((key, surplus) -> put(settlement.given, key, lesser(surplus, freeParts.of(key))));
        var room = ReservedParts.reservable(free)
                .plus(ReservedParts.of(settlement.given).sum());
        for (var each : missing(agent, choices).entrySet()) {
            var part = lesser(each.getValue(), room);
            put(settlement.taken, each.getKey(), part);
            room = room.minus(part);
        }
        return settlement;
    }

    private static void put(SortedMap<ReservedParts.Key, Quantities> parts, ReservedParts.Key key, Quantities part) {
        if (!part.isEmpty()) {
            parts.put(key, part);
        }
    }

    /** By reservation, what is not set aside yet. */
    static SortedMap<ReservedParts.Key, Quantities> missing(Agent agent, Choices choices) {
        var missing = new TreeMap<ReservedParts.Key, Quantities>();
        for (var choice : choices.of(agent.id())) {
            put(
                    missing,
                    choice.key(),
                    choice.reservation().perAgent().minus(agent.reservedParts().of(choice.key())));
        }
        return missing;
    }

    /** By reservation, what is set aside without need. */
    static SortedMap<ReservedParts.Key, Quantities> excess(Agent agent, Choices choices) {
        var excess = new TreeMap<ReservedParts.Key, Quantities>();
        for (var key : agent.reservedParts().keys()) {
            put(excess, key, agent.reservedParts().of(key).minus(choices.target(key, agent.id())));
        }
        return excess;
    }

    static boolean isDone(Agent agent, Choices choices) {
        return missing(agent, choices).isEmpty() && excess(agent, choices).isEmpty();
    }

    private static Quantities lesser(Quantities one, Quantities other) {
        return one.minus(one.minus(other));
    }

    /** The allocator hears what becomes of free resources; nobody holds them. Returns whether anything changed. */
    boolean carryOut(Moment now) {
        var back = ReservedParts.of(given);
        if (!back.isEmpty()) {
            books.converted(now, agent, back.reserved(), ReservedParts.unreserved(back.sum()));
        }
        var aside = ReservedParts.of(taken);
        if (!aside.isEmpty()) {
            books.converted(now, agent, ReservedParts.unreserved(aside.sum()), aside.reserved());
        }
        if (back.isEmpty() && aside.isEmpty()) {
            return false;
        }
        agent.setAside(after());
        return true;
    }

    private ReservedParts after() {
        var parts = new TreeMap<ReservedParts.Key, Quantities>();
        var before = agent.reservedParts();
        before.keys().forEach(key -> parts.put(key, before.of(key)));
        given.forEach((key, part) -> parts.merge(key, part, Quantities::minus));
        taken.forEach((key, part) -> parts.merge(key, part, Quantities::plus));
        return ReservedParts.of(parts);
    }
}
