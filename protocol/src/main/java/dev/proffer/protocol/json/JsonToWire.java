package dev.proffer.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.proffer.protocol.message.MalformedMessageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Reads one message's JSON and writes its protobuf bytes, from which the generated classes read it: faster than setting
 * each field by reflection.
 */
final class JsonToWire {
    private static final int MOST_NAMED = 20;

    private final JsonParser parser;
    private final WireBuffer wire;

    /** Paths of required fields that are not there. */
    private final List<String> missing = new ArrayList<>(0);

    JsonToWire(JsonParser parser, WireBuffer wire) {
        this.parser = parser;
        this.wire = wire;
    }

    /** Reads the whole document as one message. */
    void document(MessagePlan plan) throws IOException, MalformedMessageException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw JsonFault.unexpected(parser, "a JSON object with the fields of " + plan.name);
        }
        message(plan);
        if (!missing.isEmpty()) {
            throw new MalformedMessageException(
                    "Required fields of " + plan.name + " are missing: " + String.join(", ", missing));
        }
        if (parser.nextToken() != null) {
            throw new MalformedMessageException("Something follows the JSON object, which must be all there is");
        }
    }

    /** Reads the fields of an object, whose brace was read, and its closing brace. */
    private void message(MessagePlan plan) throws IOException, MalformedMessageException {
        long seen = 0;
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var token = parser.nextToken();
            var field = plan.field(name);
            if (field == null) {
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                if ((seen & field.bit) != 0) {
                    throw JsonFault.at(parser, "the field stands twice in one object");
                }
                if (field(field, token)) {
                    seen |= field.bit;
                }
            }
        }
        if ((seen & plan.requiredBits()) != plan.requiredBits()) {
            noteMissing(plan, seen);
        }
    }

    /** Whether the field is set now. */
    private boolean field(FieldPlan field, JsonToken token) throws IOException, MalformedMessageException {
        return switch (field.cardinality) {
            case OPTIONAL, REQUIRED -> value(field, token);
            case REPEATED -> {
                if (token == JsonToken.START_ARRAY) {
                    elements(field);
                } else {
                    value(field, token);
                }
                yield true;
            }
            case MAP -> {
                entries(field, token);
                yield true;
            }
        };
    }

    private void elements(FieldPlan field) throws IOException, MalformedMessageException {
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.VALUE_NULL) {
                value(field, token);
            }
        }
    }

    private void entries(FieldPlan field, JsonToken token) throws IOException, MalformedMessageException {
        if (token != JsonToken.START_OBJECT) {
            throw JsonFault.unexpected(parser, "an object with one member for each entry");
        }
        var key = part(field, 1);
        var value = part(field, 2);
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var characters = name.toCharArray();
            var entryToken = parser.nextToken();
            if (entryToken != JsonToken.VALUE_NULL) {
                wire.putVarint(field.tag);
                int start = wire.begin();
                wire.putVarint(key.tag);
                putString(characters, 0, characters.length);
                value(value, entryToken);
                wire.end(start);
            }
        }
    }

    private static FieldPlan part(FieldPlan map, int number) {
        var part = map.message().field(number);
        if (part == null) {
            throw new IllegalStateException(map.name + " is no map");
        }
        return part;
    }

    /** Reads one value. Whether there was one: an enum's unknown value is none. */
    private boolean value(FieldPlan field, JsonToken token) throws IOException, MalformedMessageException {
        return switch (field.kind) {
            case BOOL -> put(field, truth(token) ? 1 : 0);
            case INT32, INT64, UINT32, UINT64 -> put(field, NumberReader.integer(parser, field.kind));
            case DOUBLE -> {
                double value = NumberReader.real(parser);
                wire.putVarint(field.tag);
                wire.putDouble(value);
                yield true;
            }
            case STRING -> {
                expectString(field, token);
                wire.putVarint(field.tag);
                putString(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
                yield true;
            }
            case BYTES -> {
                expectString(field, token);
                wire.putVarint(field.tag);
                wire.putBytes(base64());
                yield true;
            }
            case ENUM -> enumeration(field, token);
            case MESSAGE -> {
                if (token != JsonToken.START_OBJECT) {
                    throw JsonFault.unexpected(parser, field.kind.expectation);
                }
                wire.putVarint(field.tag);
                int start = wire.begin();
                message(field.message());
                wire.end(start);
                yield true;
            }
        };
    }

    private boolean put(FieldPlan field, long value) {
        wire.putVarint(field.tag);
        wire.putVarint(value);
        return true;
    }

    private void putString(char[] characters, int offset, int length) throws MalformedMessageException {
        if (!wire.putString(characters, offset, length)) {
            throw JsonFault.at(parser, "the string has half a surrogate pair, which is no Unicode character");
        }
    }

    private boolean truth(JsonToken token) throws IOException, MalformedMessageException {
        if (token == JsonToken.VALUE_STRING) {
            var text = parser.getText();
            if (text.equals("true") || text.equals("false")) {
                return text.equals("true");
            }
        }
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw JsonFault.unexpected(parser, FieldKind.BOOL.expectation);
        };
    }

    private byte[] base64() throws IOException, MalformedMessageException {
        try {
            return Base64.getDecoder().decode(parser.getText());
        } catch (IllegalArgumentException e) {
            throw JsonFault.at(parser, "the string is no base64: " + e.getMessage());
        }
    }

    private boolean enumeration(FieldPlan field, JsonToken token) throws IOException, MalformedMessageException {
        expectString(field, token);
        var number = field.values().number(parser.getText());
        if (number != null) {
            return put(field, number);
        }
        if (field.cardinality == FieldPlan.Cardinality.REQUIRED) {
            throw JsonFault.at(parser, "the field has no value called " + JsonFault.quote(parser.getText()));
        }
        return false;
    }

    private void expectString(FieldPlan field, JsonToken token) throws MalformedMessageException {
        if (token != JsonToken.VALUE_STRING) {
            throw JsonFault.unexpected(parser, field.kind.expectation);
        }
    }

    private void noteMissing(MessagePlan plan, long seen) {
        var path = JsonFault.path(parser);
        for (var field : plan.required()) {
            if ((seen & field.bit) == 0 && missing.size() < MOST_NAMED) {
                missing.add(path.isEmpty() ? field.name : path + "." + field.name);
            }
        }
    }
}
