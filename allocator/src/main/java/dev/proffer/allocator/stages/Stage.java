package dev.proffer.allocator.stages;

import dev.proffer.allocator.amounts.Bundle;
import dev.proffer.allocator.books.Agent;
import dev.proffer.allocator.books.RoleLeaf;
import dev.proffer.allocator.books.RoleNode;

/** One of the two stages of a run: how much of an agent a role may have. */
public interface Stage {
    /** Whether it gives fair shares, rather than what is guaranteed. */
    boolean isFairShare();

    /** Whether there is anything to do at all. */
    boolean isOpen();

    /** Whether any role in the subtree could be served from the agent. May say so of one that cannot. */
    boolean concerns(RoleNode node, Agent agent);

    /** Whether earlier agents showed that no role can be served with what is free. */
    boolean isHopeless(Bundle free);

    /** Notes that the stage concerns nobody with what is free on an agent. In a run that cannot change. */
    void giveUp(Bundle free);

    /** Turns to a role, or looks at it again after it was given something. Returns whether it can be served. */
    boolean turnTo(RoleLeaf leaf);

    /**
     * What of {@code visible} the role turned to may have: {@code visible} itself, a part of it, or nothing.
     *
     * @param visible what is free, is not reserved for others, and is understood by the framework
     */
    Bundle portion(Bundle visible);

    /** How much of a plain resource the role turned to may have, by its quota and its ancestors'. */
    long room(int index);

    /** How much of a plain resource is not held back for guarantees; the largest {@code long} if nothing is. */
    long spare(int index);
}
