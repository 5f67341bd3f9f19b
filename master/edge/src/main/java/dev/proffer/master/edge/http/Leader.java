package dev.proffer.master.edge.http;

/** Who leads, as far as an HTTP client cares. */
public sealed interface Leader {

    /** This master, which clients reach at that {@code host:port}. */
    record Here(String address) implements Leader {}

    /** This master, but it is not ready to answer. */
    record Recovering() implements Leader {}

    /** Another one, at that {@code host:port}. */
    record Elsewhere(String address) implements Leader {}

    record Unknown() implements Leader {}
}
