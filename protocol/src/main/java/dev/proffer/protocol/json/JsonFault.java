package dev.proffer.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.proffer.protocol.message.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/** Says where in a JSON document something is wrong. */
final class JsonFault {
    private static final int LONGEST_QUOTE = 64;

    private JsonFault() {}

    static MalformedMessageException at(JsonParser parser, String problem) {
        var path = path(parser);
        return new MalformedMessageException(path.isEmpty() ? problem : path + ": " + problem);
    }

    static MalformedMessageException unexpected(JsonParser parser, String expectation) {
        return at(parser, "expected " + expectation + ", but found " + describe(parser.currentToken()));
    }

    /** Where the parser is, such as {@code accept.operations[0].launch}; empty for the document itself. */
    static String path(JsonParser parser) {
        var path = new StringBuilder();
        append(path, parser.getParsingContext());
        return path.toString();
    }

    /** {@code text} in quotes, shortened where it is long. */
    static String quote(String text) {
        return "'" + (text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…") + "'";
    }

    private static void append(StringBuilder path, @Nullable JsonStreamContext context) {
        if (context == null) {
            return;
        }
        append(path, context.getParent());
        var name = context.getCurrentName();
        if (context.inObject() && name != null) {
            path.append(path.isEmpty() ? "" : ".").append(name);
        } else if (context.inArray() && context.hasCurrentIndex()) {
            path.append('[').append(context.getCurrentIndex()).append(']');
        }
    }

    private static String describe(@Nullable JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "nothing";
        };
    }
}
