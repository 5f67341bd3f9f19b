package dev.proffer.protocol.media;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.proffer.protocol.message.MalformedMessageException;

/** Protobuf's own encoding, with errors that name the fields. */
final class ProtobufCodec implements MessageCodec {
    static final ProtobufCodec INSTANCE = new ProtobufCodec();

    private static final int MOST_NAMED = 20;

    private ProtobufCodec() {}

    @Override
    public byte[] encode(Message message) {
        return message.toByteArray();
    }

    @Override
    @SuppressWarnings("unchecked") // A message's parser yields its own type.
    public <T extends Message> T decode(byte[] bytes, T type) throws MalformedMessageException {
        var name = type.getDescriptorForType().getName();
        T message;
        try {
            message = (T) type.getParserForType().parsePartialFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedMessageException(
                    "The " + bytes.length + " bytes are no protobuf message " + name + ": " + e.getMessage(), e);
        }
        if (!message.isInitialized()) {
            var missing = message.findInitializationErrors();
            throw new MalformedMessageException("Required fields of " + name + " are missing: "
                    + String.join(", ", missing.subList(0, Math.min(MOST_NAMED, missing.size())))
                    + (missing.size() > MOST_NAMED ? " and " + (missing.size() - MOST_NAMED) + " more" : ""));
        }
        return message;
    }
}
