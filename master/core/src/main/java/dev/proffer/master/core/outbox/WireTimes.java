package dev.proffer.master.core.outbox;

import dev.proffer.protocol.v1.TimeInfo;
import java.time.Instant;

/** Times as messages carry them. */
public final class WireTimes {
    private WireTimes() {}

    public static TimeInfo of(Instant time) {
        return TimeInfo.newBuilder()
                .setNanoseconds(
                        Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano()))
                .build();
    }
}
