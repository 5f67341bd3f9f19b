package dev.proffer.master.core.reservations;

import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.ReservedParts;
import dev.proffer.model.Quantities;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/** What one agent is to carry. Choices that are past drop out when somebody looks. */
final class Carried {
    private final LinkedHashSet<Choice> choices = new LinkedHashSet<>();
    private @Nullable Quantities room;

    Collection<Choice> choices() {
        purge();
        return Collections.unmodifiableCollection(choices);
    }

    void add(Choice choice) {
        if (choices.add(choice) && room != null) {
            room = room.minus(choice.reservation().perAgent());
        }
    }

    void remove(Choice choice) {
        choices.remove(choice);
        forgetRoom();
    }

    void forgetRoom() {
        room = null;
    }

    /** What other reservations leave of the agent's own resources. */
    Quantities roomFor(Choice choice, Agent agent) {
        purge();
        if (choices.contains(choice)) {
            var others = new LinkedHashSet<>(choices);
            others.remove(choice);
            return leftBy(others, agent);
        }
        var known = room;
        if (known == null) {
            known = leftBy(choices, agent);
            room = known;
        }
        return known;
    }

    private static Quantities leftBy(Collection<Choice> choices, Agent agent) {
        var left = ReservedParts.reservable(agent.profile().total());
        for (var choice : choices) {
            left = left.minus(choice.reservation().perAgent());
        }
        return left;
    }

    private void purge() {
        if (choices.removeIf(Choice::isPast)) {
            forgetRoom();
        }
    }
}
