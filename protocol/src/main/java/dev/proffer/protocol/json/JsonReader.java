package dev.proffer.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import dev.proffer.protocol.message.MalformedMessageException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads messages as Mesos does: unknown fields are ignored, null is the same as absent, one value may stand for a list of
 * one, a string for a number or a truth value, and an enum's unknown value counts as not set where the field is optional.
 * Stricter than Mesos in one point: a field must not stand twice in one object. Safe for use by many threads.
 */
public final class JsonReader {
    private static final int LARGEST_INPUT = 32 << 20;
    private static final int DEEPEST_NESTING = 100;

    private final JsonFactory jackson = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST_NESTING)
                    .maxStringLength(LARGEST_INPUT)
                    .build())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    /**
     * @param type any instance of the message to read, such as its default one
     * @throws MalformedMessageException if {@code json} is no UTF-8, no JSON or no such message; its text names the field by
     *     its path, and all required fields that are missing
     * @throws IllegalArgumentException if messages of that type are not part of the HTTP APIs
     */
    public <T extends Message> T read(byte[] json, T type) throws MalformedMessageException {
        checkEncoding(json);
        var plan = JsonSchema.HTTP_APIS.plan(type.getDescriptorForType());
        var wire = new WireBuffer(json.length);
        try (var parser = jackson.createParser(json)) {
            var transcoder = new JsonToWire(parser, wire);
            try {
                transcoder.document(plan);
            } catch (JsonProcessingException e) {
                throw new MalformedMessageException(
                        "No valid JSON" + place(e, JsonFault.path(parser)) + ": " + summary(e), e);
            }
            return parse(wire, type);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedMessageException("No valid message: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // A message's parser yields its own type.
    private static <T extends Message> T parse(WireBuffer wire, T type) throws IOException {
        return (T) type.getParserForType().parsePartialFrom(CodedInputStream.newInstance(wire.bytes(), 0, wire.size()));
    }

    /** JSON is UTF-8 here; the parser itself would also take UTF-16 and UTF-32, and some malformed UTF-8. */
    private static void checkEncoding(byte[] json) throws MalformedMessageException {
        if (json.length > LARGEST_INPUT) {
            throw new MalformedMessageException(
                    "JSON of " + json.length + " bytes is larger than the " + LARGEST_INPUT + " allowed");
        }
        ByteString bytes = UnsafeByteOperations.unsafeWrap(json);
        if (!bytes.isValidUtf8()) {
            throw new MalformedMessageException("No valid JSON: the text is not encoded in UTF-8");
        }
        for (int i = 0; i < Math.min(Integer.BYTES, json.length); i++) {
            if (json[i] == 0) {
                throw new MalformedMessageException("No valid JSON: the text is not encoded in UTF-8");
            }
        }
    }

    /** What is wrong, without the parser's own words for places. */
    private static String summary(JsonProcessingException e) {
        var message = String.valueOf(e.getOriginalMessage());
        int marker = message.indexOf(" (start marker");
        return marker < 0 ? message : message.substring(0, marker);
    }

    private static String place(JsonProcessingException e, String path) {
        var location = e.getLocation();
        return (location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr())
                + (path.isEmpty() ? "" : " (in " + path + ")");
    }
}
