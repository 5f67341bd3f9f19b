package dev.proffer.sdk.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.media.MediaType;
import dev.proffer.protocol.recordio.RecordEncoder;
import dev.proffer.protocol.v1.scheduler.Event;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventStreamTest {
    private static final Event HEARTBEAT =
            Event.newBuilder().setType(Event.Type.HEARTBEAT).build();

    private final List<Event> events = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(MediaType.class)
    void readsTheSameEventsWhereverTheStreamIsCut(MediaType mediaType) throws InterruptedException {
        var bytes = stream(mediaType, HEARTBEAT, error("first"), error("second"));
        for (int cut = 0; cut <= bytes.length; cut++) {
            events.clear();
            var end = read(
                    mediaType,
                    new SequenceInputStream(
                            new ByteArrayInputStream(bytes, 0, cut),
                            new ByteArrayInputStream(bytes, cut, bytes.length - cut)));

            assertThat(events).as("cut after byte " + cut).containsExactly(HEARTBEAT, error("first"), error("second"));
            assertThat(end).isEqualTo("the master ended the stream");
        }
    }

    @Test
    void aStreamThatEndsWithinARecordIsBroken() throws InterruptedException {
        var bytes = stream(MediaType.PROTOBUF, HEARTBEAT, HEARTBEAT);

        var end = read(MediaType.PROTOBUF, new ByteArrayInputStream(bytes, 0, bytes.length - 1));

        assertThat(events).hasSize(1);
        assertThat(end).isEqualTo("the stream broke within a record");
    }

    @Test
    void aRecordLargerThanAllowedIsNotRead() throws InterruptedException {
        var end = readAfterAHeartbeat((EventStream.MOST_BYTES_PER_EVENT + 1) + "\n");

        assertThat(events).containsExactly(HEARTBEAT);
        assertThat(end).startsWith("the stream is malformed");
    }

    @Test
    void whatIsNoRecordEndsTheStream() throws InterruptedException {
        assertThat(readAfterAHeartbeat("<html>")).startsWith("the stream is malformed");
    }

    @Test
    void whatIsNoEventEndsTheStream() throws InterruptedException {
        assertThat(readAfterAHeartbeat("3\nabc")).startsWith("an event cannot be read");
    }

    private String readAfterAHeartbeat(String rest) throws InterruptedException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(stream(MediaType.JSON, HEARTBEAT));
        bytes.writeBytes(rest.getBytes(StandardCharsets.UTF_8));
        return read(MediaType.JSON, new ByteArrayInputStream(bytes.toByteArray()));
    }

    private String read(MediaType mediaType, InputStream body) throws InterruptedException {
        return new EventStream(body, mediaType.codec()).readTo((event, _) -> events.add(event));
    }

    private static byte[] stream(MediaType mediaType, Event... events) {
        var bytes = new ByteArrayOutputStream();
        Arrays.stream(events)
                .map(mediaType.codec()::encode)
                .map(RecordEncoder::encode)
                .forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    private static Event error(String message) {
        var event = Event.newBuilder().setType(Event.Type.ERROR);
        event.getErrorBuilder().setMessage(message);
        return event.build();
    }
}
