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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sets aside what reservations ask for on the agents that were chosen, and gives it back: only what is free, as it becomes
 * free, so that no task is touched. Among many agents this is the work of many steps, between which others have their turn.
 */
public final class Reservations {
    private static final int SHOWN_AGENTS = 10;
    private static final long NEVER_LOOKED = -1;

    private final Agents agents;
    private final Books books;
    private final OfferReturns returns;
    private final Choices choices;
    private final LinkedHashSet<AgentId> unreviewed = new LinkedHashSet<>();
    private final TreeMap<AgentId, Long> unsettled = new TreeMap<>();

    /** Where the last step left off among those that are not settled; null at the beginning. */
    private @Nullable AgentId settledUpTo;

    private boolean leftNewcomers;
    private boolean leftUnsettled;
    private List<DeclaredReservation> declared = List.of();
    private @Nullable List<ReservationSnapshot> snapshots;

    public Reservations(Desk desk, OfferReturns returns) {
        this.agents = desk.cluster().agents();
        this.books = desk.books();
        this.returns = returns;
        this.choices = new Choices(agents);
    }

    /** These are the reservations now, oldest first. They come into effect step by step. */
    public void declare(List<DeclaredReservation> reservations) {
        if (reservations.equals(declared)) {
            return;
        }
        declared = reservations;
        snapshots = null;
        choices.declare(reservations);
        unreviewed.addAll(choices.takeChanged());
    }

    /** Whether the last step left something to do. */
    public boolean areBehind() {
        return !choices.areFilled() || !unreviewed.isEmpty() || leftUnsettled || leftNewcomers;
    }

    /** Whether it is still open for whom agents are meant. */
    public boolean holdOffersBack() {
        return !choices.areFilled() || leftNewcomers;
    }

    /** Goes on with what is not done yet. To be called before resources are given away. */
    public void proceed(Moment now) {
        var effort = new Effort();
        noticeDepartures();
        choose(effort);
        noticeNewcomers(now, effort);
        review(now, effort);
        settle(now, effort);
    }

    private void noticeDepartures() {
        for (var id = agents.takeDeparted(); id.isPresent(); id = agents.takeDeparted()) {
            choices.left(id.get());
            unreviewed.remove(id.get());
            snapshots = null;
        }
    }

    private void choose(Effort effort) {
        while (!choices.areFilled() && !effort.isSpent()) {
            choices.fillNext();
            effort.spend(1 + agents.all().size());
            snapshots = null;
        }
        unreviewed.addAll(choices.takeChanged());
    }

    private void noticeNewcomers(Moment now, Effort effort) {
        boolean othersMayReturn = choices.mayOthersReturn(now);
        while (agents.hasNewcomers() && !effort.isSpent()) {
            agents.takeNewcomer().flatMap(agents::find).ifPresent(agent -> choices.came(agent, othersMayReturn));
            effort.spend(1 + choices.all().size());
            snapshots = null;
        }
        leftNewcomers = agents.hasNewcomers();
        unreviewed.addAll(choices.takeChanged());
    }

    /** Offers that hold what is set aside no longer, or what is to be set aside, are rescinded. */
    private void review(Moment now, Effort effort) {
        while (choices.areFilled() && !unreviewed.isEmpty() && !effort.isSpent()) {
            agents.find(unreviewed.removeFirst()).ifPresent(agent -> {
                effort.spend(cost(agent));
                if (!Settlement.isDone(agent, choices)) {
                    unsettled.put(agent.id(), NEVER_LOOKED);
                    makeRoom(now, agent);
                }
            });
        }
    }

    /** Some work goes with the parts, some with each part's comparison with the others. */
    private int cost(Agent agent) {
        int parts = agent.reservedParts().keys().size() + choices.of(agent.id()).size();
        return 1 + 10 * parts + parts * parts;
    }

    private void makeRoom(Moment now, Agent agent) {
        for (var offer : List.copyOf(agent.offers()).reversed()) {
            if (standsInTheWay(agent, offer)) {
                returns.rescind(now, List.of(offer));
            }
        }
    }

    private boolean standsInTheWay(Agent agent, OfferSnapshot offer) {
        var set = ReservedParts.in(offer.resources());
        boolean holdsExcess = Settlement.excess(agent, choices).keySet().stream()
                .anyMatch(key -> !set.of(key).isEmpty());
        var lacking = Settlement.missing(agent, choices).values().stream()
                .reduce(Quantities.NONE, Quantities::plus)
                .minus(books.free(agent.id()).map(ReservedParts::reservable).orElse(Quantities.NONE));
        var offered = ReservedParts.reservable(offer.resources());
        return holdsExcess || lacking.asMap().keySet().stream().anyMatch(name -> offered.thousandths(name) > 0);
    }

    private void settle(Moment now, Effort effort) {
        var rest = settledUpTo == null ? unsettled : unsettled.tailMap(settledUpTo, /* inclusive= */ false);
        leftUnsettled = false;
        for (var id : List.copyOf(rest.keySet())) {
            if (effort.isSpent()) {
                leftUnsettled = true;
                return;
            }
            agents.find(id).ifPresentOrElse(agent -> settleIfReleased(now, agent, effort), () -> unsettled.remove(id));
            settledUpTo = id;
        }
        settledUpTo = null;
    }

    /** Agents on which nothing became free since the last look are not looked at. */
    private void settleIfReleased(Moment now, Agent agent, Effort effort) {
        var looked = unsettled.put(agent.id(), agent.releases());
        if (looked != null && looked == agent.releases()) {
            return;
        }
        effort.spend(cost(agent));
        if (Settlement.of(agent, choices, books).carryOut(now)) {
            snapshots = null;
        }
        if (Settlement.isDone(agent, choices)) {
            unsettled.remove(agent.id());
        }
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
