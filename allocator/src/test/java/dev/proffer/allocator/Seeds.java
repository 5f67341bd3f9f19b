package dev.proffer.allocator;

import java.util.stream.LongStream;

/** Which seeds a property runs over: {@code -Dseed=} names one, {@code -Dseeds=} says how many. */
final class Seeds {
    private Seeds() {}

    static LongStream all(int count) {
        var pinned = Long.getLong("seed");
        return pinned != null ? LongStream.of(pinned) : LongStream.range(0, Integer.getInteger("seeds", count));
    }
}
