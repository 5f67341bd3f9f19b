package dev.proffer.allocator.books;

import dev.proffer.allocator.eligibility.ConstraintMatcher;
import java.util.Arrays;
import java.util.BitSet;

/** Which agents satisfy a slot's offer constraints: each is matched once, and again when its description changes. */
final class WantedAgents {
    private final ConstraintMatcher constraints;
    private final BitSet wanted = new BitSet();
    private long[] matchedVersions = {};

    WantedAgents(ConstraintMatcher constraints) {
        this.constraints = constraints;
    }

    ConstraintMatcher constraints() {
        return constraints;
    }

    boolean contains(Agent agent) {
        int index = agent.index();
        if (index >= matchedVersions.length) {
            matchedVersions = Arrays.copyOf(matchedVersions, Math.max(index + 1, 2 * matchedVersions.length));
        }
        if (matchedVersions[index] != agent.descriptionVersion()) {
            matchedVersions[index] = agent.descriptionVersion();
            wanted.set(index, constraints.matches(agent.description()));
        }
        return wanted.get(index);
    }
}
