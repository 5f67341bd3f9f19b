package dev.proffer.master.edge.election;

import java.time.Duration;

/**
 * How an election is run.
 *
 * @param holder who campaigns: unique to this process, so that a restarted pod is another holder
 * @param address {@code host:port} at which schedulers reach this master once it leads
 * @param leaseDuration how long the others leave an unrenewed Lease alone
 * @param renewDeadline how long this master leads after the last renewal that was confirmed; less than the above
 * @param retry pause between renewals, and between a standby's looks
 * @param knownTerm the highest term known from elsewhere; the next one is higher
 */
public record ElectionSettings(
        String holder, String address, Duration leaseDuration, Duration renewDeadline, Duration retry, long knownTerm) {

    public ElectionSettings {
        if (holder.isBlank()) {
            throw new IllegalArgumentException("election: holder is empty; give the process a unique name");
        }
        if (!retry.isPositive() || renewDeadline.compareTo(retry) <= 0 || leaseDuration.compareTo(renewDeadline) <= 0) {
            throw new IllegalArgumentException("election: retry " + retry + " < renewDeadline " + renewDeadline
                    + " < leaseDuration " + leaseDuration + " does not hold");
        }
    }

    /** 15 s, 10 s and 2 s, and no term known. */
    public static ElectionSettings of(String holder, String address) {
        return new ElectionSettings(
                holder, address, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2), 0);
    }
}
