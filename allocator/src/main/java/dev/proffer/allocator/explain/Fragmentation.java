package dev.proffer.allocator.explain;

import dev.proffer.model.AgentId;
import dev.proffer.model.Quantities;
import java.util.Optional;

/**
 * How much of what is free nobody can use, because it is in too small pieces.
 *
 * @param stranded the sum of what is free on agents where no waiting framework's smallest recent launch fits; nothing if no
 *     framework that waits has launched anything
 * @param strandedAgents on how many agents
 * @param largestOffer what is free on the agent that has most to offer
 * @param largestAgent that agent; empty if nothing is free
 */
public record Fragmentation(
        Quantities stranded, int strandedAgents, Quantities largestOffer, Optional<AgentId> largestAgent) {}
