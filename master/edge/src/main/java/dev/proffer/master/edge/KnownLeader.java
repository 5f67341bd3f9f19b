package dev.proffer.master.edge;

import dev.proffer.master.edge.http.Leader;

/** Who leads, as far as this master knows. */
sealed interface KnownLeader {
    record Here(AdvertisedAddresses addresses) implements KnownLeader {}

    /** This master, but its term has not begun. */
    record Beginning() implements KnownLeader {}

    record Elsewhere(AdvertisedAddresses addresses) implements KnownLeader {}

    record Nobody() implements KnownLeader {}

    /** As the clients of that listener are told. */
    default Leader at(String listener) {
        return switch (this) {
            case Here(var addresses) -> new Leader.Here(addresses.at(listener));
            case Beginning() -> new Leader.Recovering();
            case Elsewhere(var addresses) -> new Leader.Elsewhere(addresses.at(listener));
            case Nobody() -> new Leader.Unknown();
        };
    }

    /** Whether a client that asks here gets somewhere. */
    default boolean isKnown() {
        return switch (this) {
            case Here _, Elsewhere _ -> true;
            case Beginning(), Nobody() -> false;
        };
    }
}
