package dev.proffer.master.edge.election;

import java.time.Duration;

/**
 * What the Lease says.
 *
 * @param version the object's resource version: what a write is compared with
 * @param holder empty when nobody holds it
 * @param duration how long it holds without being renewed, by its holder's word
 * @param term 0 when it names none
 * @param address the holder's advertised {@code host:port}, or empty
 * @param renewed changes with every renewal; only ever compared, since its writer's clock may be wrong
 */
record LeaseRecord(String version, String holder, Duration duration, long term, String address, String renewed) {

    /** Whether {@code later} shows no sign of life that this one lacks. Touching the object is none. */
    boolean unrenewedIn(LeaseRecord later) {
        return holder.equals(later.holder) && term == later.term && renewed.equals(later.renewed);
    }
}
