package dev.proffer.allocator.run;

import dev.proffer.allocator.amounts.Amounts;
import dev.proffer.allocator.books.Agent;
import dev.proffer.allocator.books.Cluster;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** In which order the agents of a run are visited. */
final class Visits {
    private final Cluster cluster;
    private final RandomGenerator chance;

    Visits(Cluster cluster, RandomGenerator chance) {
        this.cluster = cluster;
        this.chance = chance;
    }

    /** Shuffled in any case, so that chance decides among equals. */
    void arrange(List<Agent> agents) {
        shuffle(agents);
        switch (cluster.config().ordering().visits()) {
            case RANDOM -> {}
            case PACK -> agents.sort(Comparator.comparingDouble(this::freeFraction));
            case SPREAD ->
                agents.sort(Comparator.comparingDouble(this::freeFraction).reversed());
        }
    }

    private void shuffle(List<Agent> agents) {
        for (int i = agents.size() - 1; i > 0; i--) {
            int other = chance.nextInt(i + 1);
            var moved = agents.set(i, agents.get(other));
            agents.set(other, moved);
        }
    }

    /** The scarcest of its scalars decides how empty an agent is. */
    private double freeFraction(Agent agent) {
        double least = 1;
        Amounts total = agent.total().charged();
        for (int i = 0; i < total.length(); i++) {
            if (total.at(i) > 0) {
                least = Math.min(least, (double) agent.free().charged().at(i) / total.at(i));
            }
        }
        return least;
    }
}
