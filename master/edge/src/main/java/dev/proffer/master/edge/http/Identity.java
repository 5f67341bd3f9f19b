package dev.proffer.master.edge.http;

import dev.proffer.model.Principal;
import java.util.Optional;

/**
 * Who a client is.
 *
 * @param principal absent for a client that need not say
 * @param proof of it, for clients that stay
 */
public record Identity(Optional<Principal> principal, Proof proof) {
    public static final Identity ANONYMOUS = new Identity(Optional.empty(), Proof.LASTING);
}
