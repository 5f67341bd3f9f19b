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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which agents all reservations are bound to. Where an agent cannot carry all, the older reservation has it. */
final class Choices {
    private final Agents agents;
    private final LinkedHashMap<ReservedParts.Key, Choice> byKey = new LinkedHashMap<>();
    private final LinkedHashMap<AgentId, LinkedHashSet<Choice>> byAgent = new LinkedHashMap<>();

    Choices(Agents agents) {
        this.agents = agents;
    }

    Collection<Choice> all() {
        return Collections.unmodifiableCollection(byKey.values());
    }

    /** Those that are to have a part of the agent. */
    Collection<Choice> of(AgentId agent) {
        return Collections.unmodifiableCollection(byAgent.getOrDefault(agent, new LinkedHashSet<>()));
    }

    /** How much of the agent is to be set aside for this. */
    Quantities target(ReservedParts.Key key, AgentId agent) {
        var choice = byKey.get(key);
        return choice != null && choice.isChosen(agent) ? choice.reservation().perAgent() : Quantities.NONE;
    }

    private void choose(Choice choice, AgentId agent) {
        choice.choose(agent);
        byAgent.computeIfAbsent(agent, _ -> new LinkedHashSet<>()).add(choice);
    }

    private void drop(Choice choice, AgentId agent) {
        choice.drop(agent);
        byAgent.computeIfPresent(agent, (_, choices) -> {
            choices.remove(choice);
            return choices.isEmpty() ? null : choices;
        });
    }

    /**
     * Chooses anew, keeping what still holds.
     *
     * @param reservations oldest first
     */
    void declare(List<DeclaredReservation> reservations) {
        var before = new LinkedHashMap<>(byKey);
        byKey.clear();
        byAgent.clear();
        for (var reservation : reservations) {
            var choice = new Choice(reservation);
            Optional.ofNullable(before.get(choice.key()))
                    .ifPresent(old -> old.chosen().stream()
                            .flatMap(id -> agents.find(id).stream())
                            .filter(agent -> suits(choice, agent))
                            .forEach(agent -> choose(choice, agent.id())));
            shrink(choice);
            fill(choice);
            byKey.put(choice.key(), choice);
        }
    }

    private void shrink(Choice choice) {
        while (choice.isExcessive()) {
            worst(choice).ifPresent(agent -> drop(choice, agent.id()));
        }
    }

    private Optional<Agent> worst(Choice choice) {
        return choice.chosen().stream()
                .flatMap(id -> agents.find(id).stream())
                .map(choice::rank)
                .max(Comparator.naturalOrder())
                .map(Choice.Rank::agent);
    }

    private void fill(Choice choice) {
        if (choice.isComplete()) {
            return;
        }
        var candidates = agents.all().stream()
                .filter(agent -> !choice.isChosen(agent.id()) && choice.matches(agent))
                .map(choice::rank)
                .sorted()
                .toList();
        for (var candidate : candidates) {
            if (choice.isComplete()) {
                return;
            }
            if (hasRoom(choice, candidate.agent())) {
                choose(choice, candidate.agent().id());
            }
        }
    }

    private boolean suits(Choice choice, Agent agent) {
        return choice.matches(agent) && hasRoom(choice, agent);
    }

    private boolean hasRoom(Choice choice, Agent agent) {
        return room(choice, agent).contains(choice.reservation().perAgent());
    }

    /** What other reservations leave of the agent's own resources. */
    private Quantities room(Choice choice, Agent agent) {
        var room = ReservedParts.reservable(agent.profile().total());
        for (var other : of(agent.id())) {
            if (!other.key().equals(choice.key())) {
                room = room.minus(other.reservation().perAgent());
            }
        }
        return room;
    }

    /**
     * An agent registered. Returns those for which something changed, itself included.
     *
     * @param othersMayReturn whether agents of the term before are awaited: then a better one takes the place of another,
     *     for the one before it was chosen only as long as the better one was not there
     */
    SortedSet<AgentId> came(Agent agent, boolean othersMayReturn) {
        var changed = new TreeSet<AgentId>();
        changed.add(agent.id());
        for (var choice : byKey.values()) {
            if (choice.isChosen(agent.id()) && !suits(choice, agent)) {
                drop(choice, agent.id());
                fill(choice);
                changed.addAll(choice.chosen());
            } else if (!choice.isChosen(agent.id()) && suits(choice, agent)) {
                consider(choice, agent, othersMayReturn).ifPresent(changed::add);
            }
        }
        return changed;
    }

    /** Returns whose place it took, if it did. */
    private Optional<AgentId> consider(Choice choice, Agent agent, boolean othersMayReturn) {
        if (!choice.isComplete()) {
            choose(choice, agent.id());
            return Optional.empty();
        }
        var displaced = worst(choice)
                .filter(worst -> choice.rank(agent).compareTo(choice.rank(worst)) < 0
                        && (othersMayReturn || (choice.isInUse(agent) && !choice.isInUse(worst))));
        displaced.ifPresent(worst -> {
            drop(choice, worst.id());
            choose(choice, agent.id());
        });
        return displaced.map(Agent::id);
    }

    /** Agents left: others take their place. Returns those for which something changed. */
    SortedSet<AgentId> agentsLeft() {
        var changed = new TreeSet<AgentId>();
        for (var choice : byKey.values()) {
            var left = choice.chosen().stream()
                    .filter(id -> agents.find(id).isEmpty())
                    .toList();
            if (!left.isEmpty()) {
                left.forEach(id -> drop(choice, id));
                fill(choice);
                changed.addAll(choice.chosen());
            }
        }
        return changed;
    }

    /** Who is awaited from the term before. */
    boolean mayOthersReturn(Moment now) {
        return agents.absent().someMayReturn(now);
    }
}
