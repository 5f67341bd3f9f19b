package dev.proffer.protocol.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;

/** The types that fields of the wire's messages have. */
enum FieldKind {
    BOOL("true or false", WireFormat.WIRETYPE_VARINT),
    INT32("an integer", WireFormat.WIRETYPE_VARINT),
    INT64("an integer", WireFormat.WIRETYPE_VARINT),
    UINT32("a non-negative integer", WireFormat.WIRETYPE_VARINT),
    UINT64("a non-negative integer", WireFormat.WIRETYPE_VARINT),
    DOUBLE("a number", WireFormat.WIRETYPE_FIXED64),
    STRING("a string", WireFormat.WIRETYPE_LENGTH_DELIMITED),
    BYTES("a base64 string", WireFormat.WIRETYPE_LENGTH_DELIMITED),
    ENUM("the name of a value, as a string", WireFormat.WIRETYPE_VARINT),
    MESSAGE("an object", WireFormat.WIRETYPE_LENGTH_DELIMITED);

    /** What JSON must have here, for error messages. */
    final String expectation;

    final int wireType;

    FieldKind(String expectation, int wireType) {
        this.expectation = expectation;
        this.wireType = wireType;
    }

    static FieldKind of(FieldDescriptor field) {
        return switch (field.getType()) {
            case BOOL -> BOOL;
            case INT32 -> INT32;
            case INT64 -> INT64;
            case UINT32 -> UINT32;
            case UINT64 -> UINT64;
            case DOUBLE -> DOUBLE;
            case STRING -> STRING;
            case BYTES -> BYTES;
            case ENUM -> ENUM;
            case MESSAGE -> MESSAGE;
            case FLOAT, FIXED32, FIXED64, SFIXED32, SFIXED64, SINT32, SINT64, GROUP ->
                throw new IllegalArgumentException(field.getFullName() + " has a type that the schema does not use");
        };
    }
}
