package dev.proffer.master.edge.http.scheduler;

import dev.proffer.master.core.StreamId;
import dev.proffer.master.edge.http.Exchange;
import dev.proffer.master.edge.http.Identity;
import dev.proffer.model.Moment;
import dev.proffer.protocol.media.MediaType;
import dev.proffer.protocol.recordio.RecordEncoder;
import dev.proffer.protocol.v1.scheduler.Event;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's stream of events: one RecordIO record per HTTP chunk, in the order in which they were sent. Any thread
 * may send; encoding and writing happen on the stream's event loop, or beside it when an event is large. A subscriber that
 * does not read is cut off when too much waits.
 */
final class EventStream {
    /** Encoding a larger event would hold up the other connections of its event loop. */
    private static final int ASIDE_FROM_BYTES = 64 << 10;

    /** Events that wait to be encoded, before their bytes count. */
    private static final int UNWRITTEN_AT_MOST = 100_000;

    private final StreamId id;
    private final Exchange exchange;
    private final MediaType mediaType;
    private final long backlogLimit;
    private final StreamOwner owner;
    private final StreamIdentity identity;
    private final AtomicInteger unwritten = new AtomicInteger();

    /** What waits while an event is encoded aside; empty for the end of the stream. */
    private final Deque<Optional<Event>> waiting = new ArrayDeque<>();

    private @Nullable HttpServerResponse response;
    private boolean encodingAside;
    private boolean over;
    private long backlog;

    EventStream(
            StreamId id,
            Exchange exchange,
            MediaType mediaType,
            Identity identity,
            Supplier<Moment> time,
            StreamOwner owner) {
        this.id = id;
        this.exchange = exchange;
        this.mediaType = mediaType;
        this.backlogLimit = exchange.settings().streamBacklogLimit();
        this.owner = owner;
        this.identity = new StreamIdentity(
                exchange.context(), identity, exchange.settings().proofInterval(), time, this::disown);
    }

    /** Any thread. Answers the SUBSCRIBE. */
    void open() {
        exchange.context().runOnContext(_ -> {
            exchange.whenClosed(() -> broken("the scheduler closed the connection"));
            response = exchange.stream(mediaType.contentType()).orElse(null);
            if (response != null) {
                response.putHeader(TermStreams.STREAM_ID_HEADER, id.value());
                response.exceptionHandler(_ -> {}); // Its closing tells the same.
                identity.begin();
            }
        });
    }

    /** Any thread. */
    void send(Event event) {
        if (unwritten.incrementAndGet() > UNWRITTEN_AT_MOST) {
            exchange.context().runOnContext(_ -> cut("more than " + UNWRITTEN_AT_MOST + " events wait"));
            return;
        }
        exchange.context().runOnContext(_ -> {
            waiting.add(Optional.of(event));
            writeWaiting();
        });
    }

    /** Any thread. Its client has proved once more who it is. */
    void renew(Identity proved) {
        exchange.context().runOnContext(_ -> identity.renew(proved));
    }

    /** Any thread. Ends the stream after what was sent before. */
    void finish() {
        exchange.context().runOnContext(_ -> {
            waiting.add(Optional.empty());
            writeWaiting();
        });
    }

    private void writeWaiting() {
        while (!encodingAside && !waiting.isEmpty()) {
            waiting.remove().ifPresentOrElse(this::encode, this::end);
        }
    }

    private void encode(Event event) {
        if (response == null) {
            unwritten.decrementAndGet();
        } else if (event.getSerializedSize() < ASIDE_FROM_BYTES) {
            write(mediaType.codec().encode(event));
        } else {
            encodingAside = true;
            exchange.context()
                    .executeBlocking(() -> mediaType.codec().encode(event), false)
                    .onComplete(encoded -> {
                        encodingAside = false;
                        if (encoded.succeeded()) {
                            write(encoded.result());
                        } else {
                            cut("an event cannot be encoded: " + encoded.cause());
                        }
                        writeWaiting();
                    });
        }
    }

    private void write(byte[] event) {
        unwritten.decrementAndGet();
        if (response == null) {
            return;
        }
        var header = RecordEncoder.header(event.length);
        int size = header.length + event.length;
        addToBacklog(size);
        response.write(Buffer.buffer(size).appendBytes(header).appendBytes(event))
                .onComplete(_ -> addToBacklog(-size));
        if (backlog > backlogLimit) {
            cut("the scheduler does not read: more than " + backlogLimit + " bytes wait");
        }
    }

    private void addToBacklog(long bytes) {
        if (!over) {
            backlog += bytes;
            owner.backlogChanged(bytes);
        }
    }

    private void end() {
        if (response != null) {
            var ended = response;
            forget();
            ended.end();
            exchange.streamEnded();
        }
    }

    private void disown(String reason) {
        end();
        owner.broken(id, reason);
    }

    private void cut(String reason) {
        broken(reason);
        exchange.cut();
    }

    private void broken(String reason) {
        if (!over) {
            forget();
            owner.broken(id, reason);
        }
    }

    /** What is not written by now may never tell that it was. */
    private void forget() {
        addToBacklog(-backlog);
        over = true;
        identity.end();
        response = null;
        waiting.clear();
    }
}
