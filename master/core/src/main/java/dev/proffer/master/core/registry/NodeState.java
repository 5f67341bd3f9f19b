package dev.proffer.master.core.registry;

/**
 * What the cluster says of the machine of an agent.
 *
 * @param cordoned whether nothing new is to run there
 * @param deleted whether it was a node and is none any more
 */
public record NodeState(boolean cordoned, boolean deleted) {
    /** Nothing special; also of machines that no cluster knows. */
    public static final NodeState USUAL = new NodeState(false, false);

    public boolean admitsOffers() {
        return !cordoned && !deleted;
    }
}
