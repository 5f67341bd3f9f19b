package dev.proffer.master.core.reservations;

import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Agents;
import dev.proffer.master.core.cluster.ReservedParts;
import dev.proffer.master.core.policy.DeclaredReservation;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.model.Quantities;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;

/**
 * Which agents all reservations are bound to. Where an agent cannot carry all, the older reservation has it. Choosing among
 * many agents takes long, so it is done later, one reservation after the other: see {@link #fillNext}.
 */
final class Choices {
    private final Agents agents;
    private final LinkedHashMap<ReservedParts.Key, Choice> byKey = new LinkedHashMap<>();
    private final LinkedHashMap<AgentId, Carried> byAgent = new LinkedHashMap<>();

    /** Those that may lack agents, oldest first, each with the one that was in its place. */
    private final LinkedHashMap<Choice, Optional<Choice>> unfilled = new LinkedHashMap<>();

    private final LinkedHashSet<AgentId> changed = new LinkedHashSet<>();

    Choices(Agents agents) {
        this.agents = agents;
    }

    Collection<Choice> all() {
        return Collections.unmodifiableCollection(byKey.values());
    }

    /** Those that are to have a part of the agent. */
    Collection<Choice> of(AgentId agent) {
        var carried = byAgent.get(agent);
        return carried == null ? List.of() : carried.choices();
    }

    /** How much of the agent is to be set aside for this. */
    Quantities target(ReservedParts.Key key, AgentId agent) {
        var choice = byKey.get(key);
        return choice != null && choice.isChosen(agent) ? choice.reservation().perAgent() : Quantities.NONE;
    }

    /** The agents for which something changed since this was last asked. */
    SequencedCollection<AgentId> takeChanged() {
        var taken = List.copyOf(changed);
        changed.clear();
        return taken;
    }

    private void choose(Choice choice, Agent agent) {
        choice.choose(agent.id());
        carried(agent).add(choice);
        changed.add(agent.id());
    }

    private void drop(Choice choice, AgentId agent) {
        choice.drop(agent);
        Optional.ofNullable(byAgent.get(agent)).ifPresent(carried -> carried.remove(choice));
        changed.add(agent);
    }

    private Carried carried(Agent agent) {
        return byAgent.computeIfAbsent(agent.id(), _ -> new Carried());
    }

    /**
     * These are the reservations now. Those that follow the first that differs are to be chosen anew, as far as possible
     * with the agents they have.
     *
     * @param reservations oldest first
     */
    void declare(List<DeclaredReservation> reservations) {
        var before = new LinkedHashMap<>(byKey);
        var same = countSame(reservations);
        byKey.values().stream().skip(same).forEach(Choice::end);
        byKey.clear();
        before.values().stream().limit(same).forEach(choice -> byKey.put(choice.key(), choice));
        for (var reservation : reservations.subList(same, reservations.size())) {
            var choice = new Choice(reservation);
            byKey.put(choice.key(), choice);
            unfilled.put(choice, Optional.ofNullable(before.get(choice.key())).map(this::filled));
        }
        unfilled.keySet().removeIf(Choice::isPast);
        agents.all().forEach(agent -> changed.add(agent.id()));
    }

    /** The choice itself, or the one in whose place it did not come yet. */
    private Choice filled(Choice choice) {
        return unfilled.getOrDefault(choice, Optional.empty()).orElse(choice);
    }

    private int countSame(List<DeclaredReservation> reservations) {
        int same = 0;
        for (var choice : byKey.values()) {
            if (same == reservations.size() || !choice.reservation().equals(reservations.get(same))) {
                break;
            }
            same++;
        }
        return same;
    }

    boolean areFilled() {
        return unfilled.isEmpty();
    }

    /** Finds agents for one reservation that may lack some. Costs a look at each agent. */
    void fillNext() {
        var next = unfilled.pollFirstEntry();
        if (next == null) {
            return;
        }
        var choice = next.getKey();
        next.getValue().ifPresent(before -> keep(choice, before));
        shrink(choice);
        fill(choice);
    }

    private void keep(Choice choice, Choice before) {
        before.chosen().stream()
                .flatMap(id -> agents.find(id).stream())
                .filter(agent -> !choice.isChosen(agent.id()) && suits(choice, agent))
                .forEach(agent -> choose(choice, agent));
    }

    private void shrink(Choice choice) {
        while (choice.isExcessive()) {
            choice.worst(agents).ifPresent(agent -> drop(choice, agent.id()));
        }
    }

    private void fill(Choice choice) {
        if (choice.isComplete()) {
            return;
        }
        var suitable = agents.all().stream().filter(agent -> !choice.isChosen(agent.id()) && suits(choice, agent));
        if (choice.reservation().count().isEmpty()) {
            suitable.forEach(agent -> choose(choice, agent));
            return;
        }
        int missing = choice.reservation().count().getAsInt() - choice.chosen().size();
        suitable.map(choice::rank).sorted().limit(missing).forEach(candidate -> choose(choice, candidate.agent()));
    }

    private boolean suits(Choice choice, Agent agent) {
        return choice.matches(agent)
                && carried(agent)
                        .roomFor(choice, agent)
                        .contains(choice.reservation().perAgent());
    }

    /**
     * An agent registered.
     *
     * @param othersMayReturn whether agents of the term before are awaited: then a better one takes the place of another,
     *     for the one before it was chosen only as long as the better one was not there
     */
    void came(Agent agent, boolean othersMayReturn) {
        changed.add(agent.id());
        carried(agent).forgetRoom();
        for (var choice : byKey.values()) {
            if (!choice.isChosen(agent.id())) {
                consider(choice, agent, othersMayReturn);
            } else if (!suits(choice, agent)) {
                drop(choice, agent.id());
                lacks(choice);
            }
        }
    }

    private void lacks(Choice choice) {
        unfilled.putIfAbsent(choice, Optional.empty());
    }

    private void consider(Choice choice, Agent agent, boolean othersMayReturn) {
        if (!choice.isComplete()) {
            if (suits(choice, agent)) {
                choose(choice, agent);
            }
        } else if (choice.mayDisplace(agent) && suits(choice, agent)) {
            choice.worst(agents)
                    .filter(worst -> choice.rank(agent).compareTo(choice.rank(worst)) < 0
                            && (othersMayReturn || (choice.isInUse(agent) && !choice.isInUse(worst))))
                    .ifPresent(worst -> {
                        drop(choice, worst.id());
                        choose(choice, agent);
                    });
        }
    }

    /** An agent left: others are to take its place. */
    void left(AgentId agent) {
        var carried = byAgent.remove(agent);
        if (carried != null) {
            for (var choice : List.copyOf(carried.choices())) {
                choice.drop(agent);
                if (choice.reservation().count().isPresent()) {
                    lacks(choice);
                }
            }
        }
        changed.remove(agent);
    }

    /** Who is awaited from the term before. */
    boolean mayOthersReturn(Moment now) {
        return agents.absent().someMayReturn(now);
    }
}
