package dev.proffer.master.core;

import dev.proffer.master.core.authority.Authority;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.policy.PolicyInForce;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.Timers;

/**
 * What all rooms work with: the picture of the cluster, the allocator's books, timers, the outbox for effects, the policy,
 * and whether this master may act.
 */
public record Desk(
        Cluster cluster, Books books, Timers<Timer> timers, Outbox outbox, PolicyInForce policy, Authority authority) {}
