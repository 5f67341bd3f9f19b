package dev.proffer.protocol.schema;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Messages and enums by full name, each as lines of text that state what matters on the wire and in JSON. */
final class SchemaIndex {
    private final Map<String, Map<String, String>> types = new TreeMap<>();

    /** All types of {@code files}, and those that these use. */
    static SchemaIndex of(List<FileDescriptor> files) {
        var index = new SchemaIndex();
        for (var file : files) {
            file.getMessageTypes().forEach(index::add);
            file.getEnumTypes().forEach(index::add);
        }
        return index;
    }

    /** What {@code this} has and {@code other} has not, or has otherwise. */
    List<String> missingIn(SchemaIndex other) {
        var differences = new ArrayList<String>();
        types.forEach((type, members) -> {
            var others = other.types.get(type);
            if (others == null) {
                differences.add(type);
                return;
            }
            members.forEach((name, text) -> {
                var theirs = others.get(name);
                if (theirs == null) {
                    differences.add(type + "." + name);
                } else if (!theirs.equals(text)) {
                    differences.add(type + "." + name + ": " + text + " / " + theirs);
                }
            });
        });
        return differences;
    }

    int size() {
        return types.size();
    }

    private void add(Descriptor message) {
        if (types.containsKey(message.getFullName())) {
            return;
        }
        var fields = new TreeMap<String, String>();
        types.put(message.getFullName(), fields);
        message.getNestedTypes().forEach(this::add);
        message.getEnumTypes().forEach(this::add);
        for (var field : message.getFields()) {
            fields.put(field.getName(), describe(field));
            switch (field.getJavaType()) {
                case MESSAGE -> add(field.getMessageType());
                case ENUM -> add(field.getEnumType());
                case BOOLEAN, BYTE_STRING, DOUBLE, FLOAT, INT, LONG, STRING -> {}
            }
        }
    }

    private void add(EnumDescriptor values) {
        var texts = new TreeMap<String, String>();
        for (var value : values.getValues()) {
            texts.put(value.getName(), value.getNumber() + (value.getOptions().getDeprecated() ? " deprecated" : ""));
        }
        types.put(values.getFullName(), texts);
    }

    private static String describe(FieldDescriptor field) {
        var proto = field.toProto().toBuilder()
                .clearName()
                .clearJsonName()
                .clearOptions()
                .clearOneofIndex();
        var oneof = field.getRealContainingOneof();
        return TextFormat.printer().emittingSingleLine(true).printToString(proto)
                + (field.isMapField() ? " map" : "")
                + (field.getOptions().getDeprecated() ? " deprecated" : "")
                + (oneof == null ? "" : " oneof " + oneof.getName());
    }
}
