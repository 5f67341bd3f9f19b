package dev.proffer.protocol.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import dev.proffer.protocol.message.MalformedMessageException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call and event of schedulers and executors, in both encodings. */
class GoldenTest {
    static Stream<Golden> goldens() {
        return Golden.all().stream();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void jsonIsReadAndWrittenLiterally(Golden golden) throws MalformedMessageException {
        var message = MediaType.JSON.codec().decode(golden.bytes(), golden.type());

        assertThat(new String(MediaType.JSON.codec().encode(message), UTF_8)).isEqualTo(golden.json());
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void protobufKeepsEverything(Golden golden) throws MalformedMessageException {
        var message = MediaType.JSON.codec().decode(golden.bytes(), golden.type());
        var protobuf = MediaType.PROTOBUF.codec().encode(message);

        assertThat(MediaType.PROTOBUF.codec().decode(protobuf, golden.type())).isEqualTo(message);
    }

    /** Names and values of all fields are the same when Mesos' own descriptors read the bytes. */
    @ParameterizedTest
    @MethodSource("goldens")
    void mesosReadsTheSameFromOurProtobuf(Golden golden)
            throws MalformedMessageException, InvalidProtocolBufferException {
        var message = MediaType.JSON.codec().decode(golden.bytes(), golden.type());
        var inMesos = DynamicMessage.parseFrom(
                golden.inMesos(), MediaType.PROTOBUF.codec().encode(message));

        // What Mesos' library is too old to know shows as a bare number there.
        assertThat(TextFormat.printer().printToString(inMesos))
                .isEqualTo(TextFormat.printer()
                        .printToString(message)
                        .replace("capabilities: BPF", "1: 1039")
                        .replace("type: QUOTA_V2", "1: 3"));
    }

    @Test
    void everyTypeHasAMessage() {
        assertCovers(Golden.schedulerCalls());
        assertCovers(Golden.schedulerEvents());
        assertCovers(Golden.executorCalls());
        assertCovers(Golden.executorEvents());
    }

    private static void assertCovers(List<Golden> goldens) {
        var type = goldens.getFirst().type().getDescriptorForType().findFieldByName("type");
        var names = type.getEnumType().getValues().stream()
                .map(EnumValueDescriptor::getName)
                .filter(name -> !name.equals("UNKNOWN"))
                .toList();

        assertThat(goldens).extracting(GoldenTest::typeOf).containsExactlyInAnyOrderElementsOf(names);
    }

    private static String typeOf(Golden golden) {
        try {
            var message = MediaType.JSON.codec().decode(golden.bytes(), golden.type());
            var field = message.getDescriptorForType().findFieldByName("type");
            return ((EnumValueDescriptor) message.getField(field)).getName();
        } catch (MalformedMessageException e) {
            throw new IllegalStateException(e);
        }
    }
}
