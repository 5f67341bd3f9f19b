package dev.proffer.protocol.json;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of an enum, by name and by number. */
final class EnumPlan {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final byte[] @Nullable [] names;

    EnumPlan(EnumDescriptor descriptor) {
        int largest = descriptor.getValues().stream()
                .mapToInt(EnumValueDescriptor::getNumber)
                .max()
                .orElse(0);
        names = new byte[largest + 1][];
        for (var value : descriptor.getValues()) {
            numbers.put(value.getName(), value.getNumber());
            if (names[value.getNumber()] == null) {
                names[value.getNumber()] = quoted(value.getName());
            }
        }
    }

    static byte[] quoted(String name) {
        return ('"' + name + '"').getBytes(StandardCharsets.UTF_8);
    }

    /** The number of the value called {@code name}, or null if there is none. */
    @Nullable
    Integer number(String name) {
        return numbers.get(name);
    }

    /** The name in quotes of value {@code number}, or null if there is none. */
    byte @Nullable [] name(long number) {
        return number >= 0 && number < names.length ? names[(int) number] : null;
    }
}
