package dev.proffer.master.edge.election;

import java.util.Optional;

/** Where a master stands in the election. */
public sealed interface Standing {

    /** This master leads. A higher term after a lower one is a new leadership: nothing of the old one may act. */
    record Leading(long term, String holder) implements Standing {}

    /** Another may lead; {@code address} is its {@code host:port}, if it is known and still believed. */
    record Following(Optional<String> address) implements Standing {}

    /** This master led, or was about to, and must not act any more. Nothing follows. */
    record Lost(String reason) implements Standing {}
}
