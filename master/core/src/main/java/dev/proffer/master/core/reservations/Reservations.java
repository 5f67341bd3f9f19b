package dev.proffer.master.core.reservations;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Agents;
import dev.proffer.master.core.cluster.ReservedParts;
import dev.proffer.master.core.offers.OfferReturns;
import dev.proffer.master.core.policy.DeclaredReservation;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.master.core.snapshot.ReservationSnapshot;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.model.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sets aside what reservations ask for on the agents that were chosen, and gives it back: only what is free, as it becomes
 * free, so that no task is touched.
 */
public final class Reservations {
    private static final int SHOWN_AGENTS = 10;
    private static final long NEVER_LOOKED = -1;

    private final Agents agents;
    private final Books books;
    private final OfferReturns returns;
    private final Choices choices;
    private final TreeMap<AgentId, Long> unsettled = new TreeMap<>();
    private List<DeclaredReservation> declared = List.of();
    private long departuresSeen;
    private @Nullable List<ReservationSnapshot> snapshots;

    public Reservations(Desk desk, OfferReturns returns) {
        this.agents = desk.cluster().agents();
        this.books = desk.books();
        this.returns = returns;
        this.choices = new Choices(agents);
    }

    /**
     * These are the reservations now, oldest first. Offers that hold what is set aside no longer, or what is to be set
     * aside, are rescinded.
     */
    public void declare(Moment now, List<DeclaredReservation> reservations) {
        if (reservations.equals(declared)) {
            return;
        }
        declared = reservations;
        snapshots = null;
        choices.declare(reservations);
        agents.all().forEach(agent -> review(now, agent));
    }

    private void review(Moment now, Agent agent) {
        if (!isSettled(agent)) {
            unsettled.put(agent.id(), NEVER_LOOKED);
            makeRoom(now, agent);
        }
    }

    private boolean isSettled(Agent agent) {
        return missing(agent).isEmpty() && excess(agent).isEmpty();
    }

    /** By reservation, what is not set aside yet. */
    private Map<ReservedParts.Key, Quantities> missing(Agent agent) {
        var missing = new TreeMap<ReservedParts.Key, Quantities>();
        for (var choice : choices.of(agent.id())) {
            var lacks =
                    choice.reservation().perAgent().minus(agent.reservedParts().of(choice.key()));
            if (!lacks.isEmpty()) {
                missing.put(choice.key(), lacks);
            }
        }
        return missing;
    }

    /** By reservation, what is set aside without need. */
    private Map<ReservedParts.Key, Quantities> excess(Agent agent) {
        var excess = new TreeMap<ReservedParts.Key, Quantities>();
        for (var key : agent.reservedParts().keys()) {
            var surplus = agent.reservedParts().of(key).minus(choices.target(key, agent.id()));
            if (!surplus.isEmpty()) {
                excess.put(key, surplus);
            }
        }
        return excess;
    }

    private void makeRoom(Moment now, Agent agent) {
        for (var offer : List.copyOf(agent.offers()).reversed()) {
            if (standsInTheWay(agent, offer)) {
                returns.rescind(now, List.of(offer));
            }
        }
    }

    private boolean standsInTheWay(Agent agent, OfferSnapshot offer) {
        boolean holdsExcess = excess(agent).keySet().stream()
                .anyMatch(key -> !key.in(offer.resources()).isEmpty());
        var lacking = missing(agent).values().stream()
                .reduce(Quantities.NONE, Quantities::plus)
                .minus(reservableAndFree(agent));
        var offered = ReservedParts.reservable(offer.resources());
        return holdsExcess || lacking.asMap().keySet().stream().anyMatch(name -> offered.thousandths(name) > 0);
    }

    private Quantities reservableAndFree(Agent agent) {
        return books.free(agent.id()).map(ReservedParts::reservable).orElse(Quantities.NONE);
    }

    /** Goes on with what is not done yet. To be called before resources are given away. */
    public void settle(Moment now) {
        noticeAgents(now);
        for (var id : List.copyOf(unsettled.keySet())) {
            agents.find(id).ifPresentOrElse(agent -> settleIfReleased(now, agent), () -> unsettled.remove(id));
        }
    }

    /** Agents on which nothing became free since the last look are not looked at. */
    private void settleIfReleased(Moment now, Agent agent) {
        var looked = unsettled.put(agent.id(), agent.releases());
        if (looked != null && looked == agent.releases()) {
            return;
        }
        settle(now, agent);
        if (isSettled(agent)) {
            unsettled.remove(agent.id());
        }
    }

    private void noticeAgents(Moment now) {
        for (var id : agents.takeNewcomers()) {
            snapshots = null;
            agents.find(id)
                    .ifPresent(agent -> choices.came(agent, choices.mayOthersReturn(now)).stream()
                            .flatMap(changed -> agents.find(changed).stream())
                            .forEach(changed -> review(now, changed)));
        }
        if (departuresSeen != agents.departures()) {
            departuresSeen = agents.departures();
            snapshots = null;
            choices.agentsLeft().stream()
                    .flatMap(changed -> agents.find(changed).stream())
                    .forEach(changed -> review(now, changed));
        }
    }

    private void settle(Moment now, Agent agent) {
        excess(agent).forEach((key, surplus) -> {
            var free = books.free(agent.id()).map(key::in).orElse(Quantities.NONE);
            var given = lesser(surplus, free);
            change(now, agent, key, agent.reservedParts().of(key).minus(given));
        });
        missing(agent).forEach((key, lacks) -> {
            var taken = lesser(lacks, reservableAndFree(agent));
            change(now, agent, key, agent.reservedParts().of(key).plus(taken));
        });
    }

    /** The allocator hears what becomes of free resources; nobody holds them. */
    private void change(Moment now, Agent agent, ReservedParts.Key key, Quantities amounts) {
        var before = agent.reservedParts().of(key);
        var given = before.minus(amounts);
        var taken = amounts.minus(before);
        if (!given.isEmpty()) {
            books.converted(now, agent, key.reserved(given), ReservedParts.unreserved(given));
        }
        if (!taken.isEmpty()) {
            books.converted(now, agent, ReservedParts.unreserved(taken), key.reserved(taken));
        }
        if (!given.isEmpty() || !taken.isEmpty()) {
            agent.setAside(key, amounts);
            snapshots = null;
        }
    }

    private static Quantities lesser(Quantities one, Quantities other) {
        return one.minus(one.minus(other));
    }

    /** What readers see. Costs a look at each agent that was chosen, if anything changed. */
    public List<ReservationSnapshot> snapshots() {
        var current = snapshots;
        if (current == null) {
            current = takeSnapshots();
            snapshots = current;
        }
        return current;
    }

    private List<ReservationSnapshot> takeSnapshots() {
        var taken = new ArrayList<ReservationSnapshot>();
        for (var choice : choices.all()) {
            var reservation = choice.reservation();
            var bound = choice.chosen().stream()
                    .filter(id -> agents.find(id)
                            .filter(agent ->
                                    agent.reservedParts().of(choice.key()).contains(reservation.perAgent()))
                            .isPresent())
                    .toList();
            taken.add(new ReservationSnapshot(
                    reservation.name(),
                    reservation.role(),
                    reservation.count().orElse(choice.chosen().size()),
                    bound.size(),
                    bound.stream().limit(SHOWN_AGENTS).toList()));
        }
        return List.copyOf(taken);
    }
}
