package dev.proffer.protocol.json;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How one type of message looks in JSON. */
final class MessagePlan {
    /** Sets of fields are the bits of a long. */
    private static final int MOST_FIELDS = Long.SIZE;

    final String name;

    private final Map<String, FieldPlan> byName = new HashMap<>();
    private @Nullable FieldPlan[] byNumber = {};
    private FieldPlan[] required = {};
    private FieldPlan[] defaults = {};
    private long requiredBits;

    /** A plan without fields: messages nest in themselves, so plans must exist before their fields. */
    MessagePlan(String name) {
        this.name = name;
    }

    /** Gives this plan its fields, once, before it is used. */
    void complete(List<FieldPlan> fields) {
        if (fields.size() > MOST_FIELDS) {
            throw new IllegalArgumentException(name + " has more than " + MOST_FIELDS + " fields");
        }
        int largest = fields.stream().mapToInt(field -> field.number).max().orElse(0);
        byNumber = new FieldPlan[largest + 1];
        for (var field : fields) {
            byName.put(field.name, field);
            byNumber[field.number] = field;
        }
        required = fields.stream()
                .filter(field -> field.cardinality == FieldPlan.Cardinality.REQUIRED)
                .toArray(FieldPlan[]::new);
        for (var field : required) {
            requiredBits |= field.bit;
        }
        defaults = fields.stream()
                .filter(field -> field.defaultText != null)
                .sorted(Comparator.comparingInt(field -> field.number))
                .toArray(FieldPlan[]::new);
    }

    @Nullable
    FieldPlan field(String fieldName) {
        return byName.get(fieldName);
    }

    @Nullable
    FieldPlan field(int number) {
        return number < byNumber.length ? byNumber[number] : null;
    }

    FieldPlan[] required() {
        return required;
    }

    long requiredBits() {
        return requiredBits;
    }

    /** Fields that show where they are not set, by number. */
    FieldPlan[] defaults() {
        return defaults;
    }
}
