package dev.proffer.master.edge.policy;

import io.fabric8.kubernetes.client.Config;

/** Where policy comes from. */
public sealed interface PolicyOrigin {

    /** From nowhere: what the core starts with stays in force. */
    record None() implements PolicyOrigin {}

    /** @param kubernetes how the API server is reached that keeps the objects */
    record Objects(PolicyPlace place, Config kubernetes) implements PolicyOrigin {}
}
