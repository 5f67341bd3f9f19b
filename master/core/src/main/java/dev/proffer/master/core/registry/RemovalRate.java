package dev.proffer.master.core.registry;

import java.time.Duration;

/**
 * How fast agents may be given up as unreachable: Mesos' {@code --agent_removal_rate_limit}.
 *
 * @param agents at most so many
 * @param per in so long
 */
public record RemovalRate(int agents, Duration per) {
    public RemovalRate {
        if (agents < 1 || !per.isPositive()) {
            throw new IllegalArgumentException(
                    "a removal rate needs at least one agent and a positive duration, but is " + agents + " per "
                            + per);
        }
    }

    /** Between two removals. */
    public Duration pause() {
        return per.dividedBy(agents);
    }
}
