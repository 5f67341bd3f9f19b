package dev.proffer.protocol.media;

import com.google.protobuf.Message;
import dev.proffer.protocol.json.JsonReader;
import dev.proffer.protocol.json.JsonWriter;
import dev.proffer.protocol.message.MalformedMessageException;

/** The JSON form of messages, as Mesos writes and reads it. */
final class JsonCodec implements MessageCodec {
    static final JsonCodec INSTANCE = new JsonCodec();

    private final JsonReader reader = new JsonReader();
    private final JsonWriter writer = new JsonWriter();

    private JsonCodec() {}

    @Override
    public byte[] encode(Message message) {
        return writer.write(message);
    }

    @Override
    public <T extends Message> T decode(byte[] bytes, T type) throws MalformedMessageException {
        return reader.read(bytes, type);
    }
}
