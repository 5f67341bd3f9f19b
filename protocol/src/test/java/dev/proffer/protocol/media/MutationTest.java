package dev.proffer.protocol.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.proffer.protocol.message.MalformedMessageException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come in, they are a message or a {@link MalformedMessageException} that a client may see. */
class MutationTest {
    private static final int MUTANTS = 300;
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "null",
        "true",
        "-",
        "1e400",
        "9999999999999999999999",
        "\\ud800",
        "\\",
        "\0",
        "\u00ff",
        "[[[[[[[[[[[[[[",
        "{\"\":{\"\":{\"\":",
        "\"type\":"
    };

    static LongStream seeds() {
        var pinned = Long.getLong("seed");
        return pinned != null ? LongStream.of(pinned) : LongStream.range(0, Integer.getInteger("seeds", 20));
    }

    @ParameterizedTest(name = "-Dseed={0}")
    @MethodSource("seeds")
    void mutatedJsonIsAMessageOrAClearError(long seed) {
        tryMutants(seed, MediaType.JSON);
    }

    @ParameterizedTest(name = "-Dseed={0}")
    @MethodSource("seeds")
    void mutatedProtobufIsAMessageOrAClearError(long seed) {
        tryMutants(seed, MediaType.PROTOBUF);
    }

    private static void tryMutants(long seed, MediaType mediaType) {
        var random = new SplittableRandom(seed);
        var goldens = Golden.all();
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            var golden = goldens.get(random.nextInt(goldens.size()));
            refused += tryOne(mutant(encoded(golden, mediaType), random), golden, mediaType) ? 1 : 0;
        }
        assertThat(refused).as("mutants refused").isBetween(MUTANTS / 20, MUTANTS - 1);
    }

    /** Whether the mutant was refused. */
    private static boolean tryOne(byte[] mutant, Golden golden, MediaType mediaType) {
        try {
            var message = mediaType.codec().decode(mutant, golden.type());
            for (var either : MediaType.values()) {
                either.codec().decode(either.codec().encode(message), golden.type());
            }
            return false;
        } catch (MalformedMessageException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(4000).doesNotContain("Exception", "\tat ");
            return true;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("mutant " + Arrays.toString(mutant), e);
        }
    }

    private static byte[] encoded(Golden golden, MediaType mediaType) {
        try {
            return mediaType.codec().encode(MediaType.JSON.codec().decode(golden.bytes(), golden.type()));
        } catch (MalformedMessageException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] mutant(byte[] bytes, RandomGenerator random) {
        var mutant = bytes;
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int place = random.nextInt(mutant.length + 1);
            int length = random.nextInt(Math.min(20, mutant.length - place + 1));
            mutant = switch (random.nextInt(5)) {
                case 0 -> Arrays.copyOf(mutant, place);
                case 1 -> splice(mutant, place, length, new byte[0]);
                case 2 -> splice(mutant, place, 0, Arrays.copyOfRange(mutant, place, place + length));
                case 3 -> splice(mutant, place, length, randomBytes(length, random));
                default -> splice(mutant, place, length, piece(random));
            };
        }
        return mutant;
    }

    private static byte[] splice(byte[] bytes, int place, int removed, byte[] added) {
        var result = new byte[bytes.length - removed + added.length];
        System.arraycopy(bytes, 0, result, 0, place);
        System.arraycopy(added, 0, result, place, added.length);
        System.arraycopy(bytes, place + removed, result, place + added.length, bytes.length - place - removed);
        return result;
    }

    private static byte[] randomBytes(int length, RandomGenerator random) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] piece(RandomGenerator random) {
        return List.of(PIECES)
                .get(random.nextInt(PIECES.length))
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
