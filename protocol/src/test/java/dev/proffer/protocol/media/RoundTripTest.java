package dev.proffer.protocol.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.proffer.protocol.message.MalformedMessageException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the HTTP APIs say, with random content, survives both encodings. */
class RoundTripTest {
    static final List<Message> TYPES = List.of(
            dev.proffer.protocol.v1.scheduler.Call.getDefaultInstance(),
            dev.proffer.protocol.v1.scheduler.Event.getDefaultInstance(),
            dev.proffer.protocol.v1.executor.Call.getDefaultInstance(),
            dev.proffer.protocol.v1.executor.Event.getDefaultInstance(),
            dev.proffer.protocol.v1.master.Call.getDefaultInstance(),
            dev.proffer.protocol.v1.master.Response.getDefaultInstance(),
            dev.proffer.protocol.v1.master.Event.getDefaultInstance(),
            dev.proffer.protocol.v1.agent.Call.getDefaultInstance(),
            dev.proffer.protocol.v1.agent.Response.getDefaultInstance());

    @ParameterizedTest
    @FieldSource("TYPES")
    void protobufKeepsEverything(Message type) throws MalformedMessageException {
        for (int seed = 0; seed < 20; seed++) {
            var message = new RandomMessages(new SplittableRandom(seed)).next(type, 3);
            var bytes = MediaType.PROTOBUF.codec().encode(message);

            assertThat(MediaType.PROTOBUF.codec().decode(bytes, type))
                    .as("seed %s", seed)
                    .isEqualTo(message);
        }
    }

    /** JSON states defaults, so what comes back may have fields set that were not, to the value that they had anyway. */
    @ParameterizedTest
    @FieldSource("TYPES")
    void jsonKeepsEverything(Message type) throws MalformedMessageException {
        for (int seed = 0; seed < 20; seed++) {
            var message = new RandomMessages(new SplittableRandom(seed)).next(type, 3);
            var json = MediaType.JSON.codec().encode(message);
            var back = MediaType.JSON.codec().decode(json, type);

            assertThat(withDefaultsSet(back)).as("seed %s", seed).isEqualTo(withDefaultsSet(message));
            assertThat(MediaType.JSON.codec().encode(back)).as("seed %s", seed).isEqualTo(json);
        }
    }

    private static Message withDefaultsSet(Message message) {
        var builder = message.toBuilder();
        for (var field : message.getDescriptorForType().getFields()) {
            if (field.getJavaType() == com.google.protobuf.Descriptors.FieldDescriptor.JavaType.MESSAGE) {
                if (field.isRepeated()) {
                    for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                        builder.setRepeatedField(
                                field, i, withDefaultsSet((Message) message.getRepeatedField(field, i)));
                    }
                } else if (message.hasField(field)) {
                    builder.setField(field, withDefaultsSet((Message) message.getField(field)));
                }
            } else if (!field.isRepeated() && field.hasDefaultValue()) {
                builder.setField(field, message.getField(field));
            }
        }
        return builder.buildPartial();
    }
}
