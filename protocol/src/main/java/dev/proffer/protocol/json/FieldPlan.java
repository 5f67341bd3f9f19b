package dev.proffer.protocol.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one field looks in JSON and on the wire. */
final class FieldPlan {
    /** How often a field may stand in a message. */
    enum Cardinality {
        OPTIONAL,
        REQUIRED,
        REPEATED,
        MAP
    }

    final String name;
    final int number;
    final FieldKind kind;
    final Cardinality cardinality;

    /** One bit of a set of the message's fields. */
    final long bit;

    final int tag;

    /** {@code ,"name":} */
    final byte[] label;

    /** What is written where the field is not set; null for nothing. */
    final byte @Nullable [] defaultText;

    private final @Nullable MessagePlan message;
    private final @Nullable EnumPlan values;

    FieldPlan(FieldDescriptor field, @Nullable MessagePlan message, @Nullable EnumPlan values) {
        this.name = field.getName();
        this.number = field.getNumber();
        this.kind = FieldKind.of(field);
        this.cardinality = cardinality(field);
        this.bit = 1L << field.getIndex();
        this.tag = number << 3 | kind.wireType;
        this.label = (",\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
        this.defaultText = defaultText(field).orElse(null);
        this.message = message;
        this.values = values;
    }

    /** The plan of the messages that this field holds, of its entries if it is a map. */
    MessagePlan message() {
        if (message == null) {
            throw new IllegalStateException(name + " holds no messages");
        }
        return message;
    }

    EnumPlan values() {
        if (values == null) {
            throw new IllegalStateException(name + " is no enum");
        }
        return values;
    }

    private static Cardinality cardinality(FieldDescriptor field) {
        if (field.isMapField()) {
            return Cardinality.MAP;
        }
        if (field.isRepeated()) {
            return Cardinality.REPEATED;
        }
        return field.isRequired() ? Cardinality.REQUIRED : Cardinality.OPTIONAL;
    }

    /** As in Mesos, an explicit default shows, unless the field is deprecated. */
    private static Optional<byte[]> defaultText(FieldDescriptor field) {
        if (field.isRequired() || !field.hasDefaultValue() || field.getOptions().getDeprecated()) {
            return Optional.empty();
        }
        var buffer = new JsonBuffer(32);
        switch (field.getDefaultValue()) {
            case Double number -> buffer.putDouble(number);
            case Integer number -> buffer.putLong(number);
            case Long number -> buffer.putLong(number);
            case Boolean truth -> buffer.putBoolean(truth);
            case String text -> buffer.putRaw(EnumPlan.quoted(text));
            case com.google.protobuf.Descriptors.EnumValueDescriptor value ->
                buffer.putRaw(EnumPlan.quoted(value.getName()));
            default -> throw new IllegalArgumentException(field.getFullName() + " has a default of an unknown type");
        }
        return Optional.of(buffer.toByteArray());
    }
}
