package dev.proffer.protocol.media;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.random.RandomGenerator;

/** Messages with random content in all fields, so deep that each type of message occurs. */
final class RandomMessages {
    private static final String[] TEXTS = {"", "a", "web.1", "größe", "\"\\/\n\u0001", "😀", "x".repeat(300)};
    private static final long[] INTEGERS = {0, 1, 127, 128, 31000, Integer.MAX_VALUE, 1L << 53, Long.MAX_VALUE};
    private static final double[] NUMBERS = {0, 0.5, 15, 1.0 / 3, 1e9, 1e30, -2.25, 1e-9};

    private final RandomGenerator random;

    RandomMessages(RandomGenerator random) {
        this.random = random;
    }

    /** A message of {@code type} with messages up to {@code depth} levels below it; required fields are always set. */
    Message next(Message type, int depth) {
        var builder = type.newBuilderForType();
        for (var field : type.getDescriptorForType().getFields()) {
            boolean tooDeep = depth <= 0 && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            if (field.isMapField()) {
                if (!tooDeep) {
                    entry(builder, field, depth);
                }
            } else if (field.isRepeated()) {
                for (int i = tooDeep ? 0 : random.nextInt(3); i > 0; i--) {
                    builder.addRepeatedField(field, value(builder, field, depth));
                }
            } else if (field.isRequired() || (!tooDeep && random.nextInt(4) > 0)) {
                builder.setField(field, value(builder, field, depth));
            }
        }
        return builder.build();
    }

    private void entry(Message.Builder builder, FieldDescriptor field, int depth) {
        var entry = builder.newBuilderForField(field);
        var key = field.getMessageType().findFieldByName("key");
        var value = field.getMessageType().findFieldByName("value");
        entry.setField(key, "key " + random.nextInt(100));
        entry.setField(value, value(entry, value, depth));
        builder.addRepeatedField(field, entry.build());
    }

    private Object value(Message.Builder builder, FieldDescriptor field, int depth) {
        return switch (field.getType()) {
            case BOOL -> random.nextBoolean();
            case DOUBLE -> NUMBERS[random.nextInt(NUMBERS.length)];
            case INT32 -> (int) integer() * (random.nextBoolean() ? 1 : -1);
            case UINT32 -> (int) integer();
            case INT64 -> integer() * (random.nextBoolean() ? 1 : -1);
            case UINT64 -> random.nextBoolean() ? integer() : -integer();
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case BYTES -> ByteString.copyFromUtf8(TEXTS[random.nextInt(TEXTS.length)]);
            case ENUM -> {
                var values = field.getEnumType().getValues();
                yield values.get(random.nextInt(values.size()));
            }
            case MESSAGE -> next(builder.newBuilderForField(field).buildPartial(), depth - 1);
            default -> throw new IllegalArgumentException(field.toString());
        };
    }

    private long integer() {
        return INTEGERS[random.nextInt(INTEGERS.length)];
    }
}
