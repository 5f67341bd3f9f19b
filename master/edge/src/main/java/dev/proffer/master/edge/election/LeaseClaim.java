package dev.proffer.master.edge.election;

import java.time.Duration;

/**
 * What a candidate writes into the Lease.
 *
 * @param holder empty to release it
 */
record LeaseClaim(String holder, Duration duration, long term, String address) {}
