package dev.proffer.sdk.driver;

import dev.proffer.protocol.media.MessageCodec;
import dev.proffer.protocol.message.MalformedMessageException;
import dev.proffer.protocol.recordio.RecordDecoder;
import dev.proffer.protocol.recordio.RecordFormatException;
import dev.proffer.protocol.v1.scheduler.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;

/** Reads events from the body of a SUBSCRIBE's answer, no faster than they are taken. */
final class EventStream {
    /** Far above what a master of 10,000 agents offers at once; more is a broken stream. */
    static final int MOST_BYTES_PER_EVENT = 64 << 20;

    private static final int BUFFER_BYTES = 64 << 10;

    private final InputStream body;
    private final MessageCodec codec;
    private final RecordDecoder decoder = new RecordDecoder(MOST_BYTES_PER_EVENT);

    EventStream(InputStream body, MessageCodec codec) {
        this.body = body;
        this.codec = codec;
    }

    @FunctionalInterface
    interface Receiver {
        /**
         * Takes one event.
         *
         * @param bytes how large it was on the stream
         */
        void receive(Event event, int bytes) throws InterruptedException;
    }

    /** Hands out events until the stream ends, and says why it ended. */
    String readTo(Receiver receiver) throws InterruptedException {
        var buffer = new byte[BUFFER_BYTES];
        var records = new ArrayList<byte[]>();
        try {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                RecordFormatException malformed = null;
                try {
                    decoder.decode(ByteBuffer.wrap(buffer, 0, read), records::add);
                } catch (RecordFormatException e) {
                    malformed = e;
                }
                for (var bytes : records) {
                    receiver.receive(codec.decode(bytes, Event.getDefaultInstance()), bytes.length);
                }
                records.clear();
                if (malformed != null) {
                    return "the stream is malformed: " + malformed.getMessage();
                }
            }
            return decoder.isBetweenRecords() ? "the master ended the stream" : "the stream broke within a record";
        } catch (MalformedMessageException e) {
            return "an event cannot be read: " + e.getMessage();
        } catch (IOException e) {
            return "the stream broke: " + CallRequests.describe(e);
        }
    }
}
