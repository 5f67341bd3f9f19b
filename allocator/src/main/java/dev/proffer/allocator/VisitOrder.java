package dev.proffer.allocator;

/** In which order a run goes through the agents. */
public enum VisitOrder {
    /** By lot, as in Mesos. */
    RANDOM,
    /** The fullest first, so that whole agents stay free. */
    PACK,
    /** The emptiest first, so that load is even. */
    SPREAD
}
