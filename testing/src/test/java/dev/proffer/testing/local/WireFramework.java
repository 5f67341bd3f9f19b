package dev.proffer.testing.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.media.MediaType;
import dev.proffer.protocol.message.MalformedMessageException;
import dev.proffer.protocol.recordio.RecordDecoder;
import dev.proffer.protocol.recordio.RecordFormatException;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.protocol.v1.scheduler.Event;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/** A subscribed framework without an SDK between it and the wire. Confined to one thread. */
final class WireFramework implements AutoCloseable {
    private static final int MAX_RECORD_BYTES = 16 << 20;

    private final URI api;
    private final MediaType mediaType;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final InputStream stream;
    private final String streamId;
    private final RecordDecoder decoder = new RecordDecoder(MAX_RECORD_BYTES);
    private final Queue<Event> events = new ArrayDeque<>();
    private final byte[] buffer = new byte[64 << 10];
    private final FrameworkID id;

    WireFramework(URI master, MediaType mediaType, FrameworkInfo info) throws IOException, InterruptedException {
        this.api = master.resolve("/api/v1/scheduler");
        this.mediaType = mediaType;
        var subscribe = Call.newBuilder()
                .setType(Call.Type.SUBSCRIBE)
                .setSubscribe(Call.Subscribe.newBuilder().setFrameworkInfo(info))
                .build();
        var response = http.send(request(subscribe).build(), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        this.stream = response.body();
        this.streamId = response.headers().firstValue("Mesos-Stream-Id").orElseThrow();
        this.id = await(Event.Type.SUBSCRIBED).getSubscribed().getFrameworkId();
    }

    FrameworkID id() {
        return id;
    }

    /** The oldest event of that type that was not taken yet; reads on until there is one. */
    Event await(Event.Type type) throws IOException {
        while (true) {
            for (var event : events) {
                if (event.getType() == type) {
                    events.remove(event);
                    return event;
                }
            }
            read();
        }
    }

    private void read() throws IOException {
        int length = stream.read(buffer);
        assertThat(length).as("the stream goes on").isNotNegative();
        try {
            decoder.decode(ByteBuffer.wrap(buffer, 0, length), this::decode);
        } catch (RecordFormatException e) {
            throw new AssertionError(e);
        }
    }

    private void decode(byte[] event) {
        try {
            events.add(mediaType.codec().decode(event, Event.getDefaultInstance()));
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends a call with this framework's id; it must be accepted. */
    void send(Call.Builder call) throws IOException, InterruptedException {
        var request = request(call.setFrameworkId(id).build())
                .header("Mesos-Stream-Id", streamId)
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    }

    private HttpRequest.Builder request(Call call) {
        return HttpRequest.newBuilder(api)
                .header("Content-Type", mediaType.contentType())
                .header("Accept", mediaType.contentType())
                .POST(BodyPublishers.ofByteArray(mediaType.codec().encode(call)));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
