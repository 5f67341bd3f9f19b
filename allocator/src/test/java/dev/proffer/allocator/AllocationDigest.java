package dev.proffer.allocator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.LongStream;

/** One number for all that is allocated in many random workloads, also for processes of its own. */
final class AllocationDigest {
    private AllocationDigest() {}

    /** Prints the digest of so many workloads. */
    public static void main(String[] arguments) {
        System.out.println(of(LongStream.range(0, Long.parseLong(arguments[0]))));
    }

    static String of(LongStream seeds) {
        var digest = sha256();
        seeds.forEach(seed -> {
            var play = Play.inAnyProfile(seed);
            for (int step = 0; step < Play.STEPS; step++) {
                play.step();
                digest.update(play.allocate().toString().getBytes(UTF_8));
            }
            digest.update(play.allocator.figures().toString().getBytes(UTF_8));
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
