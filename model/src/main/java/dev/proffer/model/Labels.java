package dev.proffer.model;

import java.util.List;
import java.util.Optional;

/** Key-value pairs as a framework gave them: the order and repeated keys are kept, for they are part of an identity. */
public record Labels(List<Label> labels) {
    /** One pair; the value may be missing, which differs from an empty one. */
    public record Label(String key, Optional<String> value) {}

    public static final Labels NONE = new Labels(List.of());

    public Labels {
        labels = List.copyOf(labels);
    }

    public boolean isEmpty() {
        return labels.isEmpty();
    }
}
