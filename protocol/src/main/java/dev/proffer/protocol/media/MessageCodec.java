package dev.proffer.protocol.media;

import com.google.protobuf.Message;
import dev.proffer.protocol.message.MalformedMessageException;

/** Turns messages into bytes and back. Safe for use by many threads. */
public sealed interface MessageCodec permits JsonCodec, ProtobufCodec {
    byte[] encode(Message message);

    /**
     * @param type any instance of the message to read, such as its default one
     * @throws MalformedMessageException if {@code bytes} are anything else, or lack a required field
     */
    <T extends Message> T decode(byte[] bytes, T type) throws MalformedMessageException;
}
