package dev.proffer.protocol.json;

import com.google.protobuf.WireFormat;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message's protobuf bytes and writes its JSON: faster than asking the message for each field. The bytes were
 * just made from a message, so they are well-formed and fields come in the order of their numbers, elements of one field
 * together; only what the message did not know itself comes last.
 */
final class WireToJson {
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] wire;
    private final JsonBuffer json;
    private int position;

    WireToJson(byte[] wire, JsonBuffer json) {
        this.wire = wire;
        this.json = json;
    }

    /** Writes the message between here and {@code end}. */
    void message(MessagePlan plan, int end) {
        json.put('{');
        var defaults = plan.defaults();
        int nextDefault = 0;
        FieldPlan open = null;
        while (position < end) {
            int tag = (int) varint();
            var field = plan.field(tag >>> 3);
            if (field == null || field.tag != tag || isUnknownValue(field)) {
                skip(tag);
                continue;
            }
            if (field == open) {
                json.put(',');
            } else {
                close(open);
                nextDefault = defaults(defaults, nextDefault, field.number);
                json.putLabel(field.label);
                open = open(field);
            }
            value(field);
        }
        close(open);
        defaults(defaults, nextDefault, Integer.MAX_VALUE);
        json.put('}');
    }

    /** Writes the defaults from index {@code next} on of fields below {@code number}; passes that field's own. */
    private int defaults(FieldPlan[] defaults, int next, int number) {
        int index = next;
        while (index < defaults.length && defaults[index].number <= number) {
            var field = defaults[index++];
            if (field.number < number && field.defaultText != null) {
                json.putLabel(field.label);
                json.putRaw(field.defaultText);
            }
        }
        return index;
    }

    private @Nullable FieldPlan open(FieldPlan field) {
        return switch (field.cardinality) {
            case OPTIONAL, REQUIRED -> null;
            case REPEATED -> {
                json.put('[');
                yield field;
            }
            case MAP -> {
                json.put('{');
                yield field;
            }
        };
    }

    private void close(@Nullable FieldPlan open) {
        if (open != null) {
            json.put(open.cardinality == FieldPlan.Cardinality.MAP ? '}' : ']');
        }
    }

    private void value(FieldPlan field) {
        switch (field.kind) {
            case BOOL -> json.putBoolean(varint() != 0);
            case INT32, INT64 -> json.putLong(varint());
            case UINT32, UINT64 -> json.putUnsigned(varint());
            case DOUBLE -> json.putDouble(Double.longBitsToDouble(fixed64()));
            case STRING -> {
                int length = (int) varint();
                json.putString(wire, position, length);
                position += length;
            }
            case BYTES -> {
                int length = (int) varint();
                json.putBase64(wire, position, length);
                position += length;
            }
            case ENUM -> {
                var name = field.values().name(varint());
                if (name != null) {
                    json.putRaw(name);
                }
            }
            case MESSAGE -> {
                int length = (int) varint();
                if (field.cardinality == FieldPlan.Cardinality.MAP) {
                    entry(field.message());
                } else {
                    message(field.message(), position + length);
                }
            }
        }
    }

    /** Writes an entry of a map: protobuf always states both its key and its value. */
    private void entry(MessagePlan plan) {
        for (int i = 0; i < 2; i++) {
            var part = plan.field((int) varint() >>> 3);
            if (part != null) {
                if (i == 1) {
                    json.put(':');
                }
                value(part);
            }
        }
    }

    /** Whether an enum's value, which comes next, has no name: then it counts as not set. */
    private boolean isUnknownValue(FieldPlan field) {
        if (field.kind != FieldKind.ENUM) {
            return false;
        }
        int start = position;
        var name = field.values().name(varint());
        position = start;
        return name == null;
    }

    private void skip(int tag) {
        switch (tag & 7) {
            case WireFormat.WIRETYPE_VARINT -> varint();
            case WireFormat.WIRETYPE_FIXED64 -> position += Long.BYTES;
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
                int length = (int) varint();
                position += length;
            }
            case WireFormat.WIRETYPE_START_GROUP -> {
                int inner = (int) varint();
                while ((inner & 7) != WireFormat.WIRETYPE_END_GROUP) {
                    skip(inner);
                    inner = (int) varint();
                }
            }
            case WireFormat.WIRETYPE_FIXED32 -> position += Integer.BYTES;
            default -> throw new IllegalStateException("malformed bytes of an own message");
        }
    }

    private long varint() {
        long value = wire[position++];
        if (value >= 0) {
            return value;
        }
        value &= 0x7f;
        for (int shift = 7; ; shift += 7) {
            byte next = wire[position++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private long fixed64() {
        long value = (long) LITTLE_ENDIAN.get(wire, position);
        position += Long.BYTES;
        return value;
    }
}
