package dev.proffer.allocator;

/** How siblings below a role, and the frameworks in it, are ordered when resources are given away. */
public enum OrderPolicy {
    /** Smallest weighted dominant share first, as in Mesos. */
    DRF,
    /** Dominant shares rescaled along the tree, saturated nodes left out. */
    HDRF,
    /** Highest priority first. */
    PRIORITY,
    /** Earliest comer first. */
    FIFO,
    /** By lot, weighted. */
    RANDOM
}
