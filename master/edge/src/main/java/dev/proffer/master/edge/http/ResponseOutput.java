package dev.proffer.master.edge.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A response as a blocking stream, for one thread that is not an event loop: it waits while the client does not read. */
final class ResponseOutput extends OutputStream {
    private static final int CHUNK_BYTES = 32 << 10;
    private static final int CHUNKS_UNREAD = 8;
    private static final long PATIENCE_SECONDS = 30;

    private final Exchange exchange;
    private final HttpServerResponse response;
    private final Semaphore room = new Semaphore(CHUNKS_UNREAD);
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int length;
    private volatile boolean gone;

    ResponseOutput(Exchange exchange, HttpServerResponse response) {
        this.exchange = exchange;
        this.response = response;
    }

    @Override
    public void write(int oneByte) throws IOException {
        if (length == CHUNK_BYTES) {
            writeChunk();
        }
        chunk[length++] = (byte) oneByte;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int from = offset;
        int end = offset + count;
        while (from < end) {
            if (length == CHUNK_BYTES) {
                writeChunk();
            }
            int part = Math.min(end - from, CHUNK_BYTES - length);
            System.arraycopy(bytes, from, chunk, length, part);
            length += part;
            from += part;
        }
    }

    /** All is written: ends the response. */
    void complete() throws IOException {
        if (length > 0) {
            writeChunk();
        }
        exchange.context().runOnContext(_ -> {
            if (!gone) {
                response.end();
                exchange.streamEnded();
            }
        });
    }

    /** The exchange's context's. */
    void closedByClient() {
        gone = true;
        room.release(CHUNKS_UNREAD);
    }

    private void writeChunk() throws IOException {
        awaitRoom();
        var part = Buffer.buffer(length).appendBytes(chunk, 0, length);
        length = 0;
        exchange.context().runOnContext(_ -> {
            if (!gone) {
                response.write(part).onComplete(_ -> room.release());
            }
        });
    }

    private void awaitRoom() throws IOException {
        try {
            if (!room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the client does not read");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        if (gone) {
            throw new IOException("the client has gone");
        }
    }
}
