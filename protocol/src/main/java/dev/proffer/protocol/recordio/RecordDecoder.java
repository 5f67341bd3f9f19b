package dev.proffer.protocol.recordio;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes records out of a stream that arrives in chunks, cut anywhere. Holds at most one unfinished record. A malformed
 * header ends it: the place of the next record is unknown then, so each later chunk is refused too.
 *
 * <p>Not thread-safe.
 */
public final class RecordDecoder {
    /** As many digits as the largest unsigned 64-bit number has. */
    private static final int LONGEST_HEADER = 20;

    private final int maxRecordBytes;

    private int headerDigits;
    private long announced;
    private byte @Nullable [] record;
    private int received;
    private @Nullable String failure;

    /** @param maxRecordBytes a longer record is refused by its header */
    public RecordDecoder(int maxRecordBytes) {
        if (maxRecordBytes < 1) {
            throw new IllegalArgumentException("maxRecordBytes must be positive, but is " + maxRecordBytes);
        }
        this.maxRecordBytes = maxRecordBytes;
    }

    /**
     * Reads all of {@code chunk} and hands each record that it completes to {@code records}, whose property the array then
     * is.
     *
     * @throws RecordFormatException if the stream is malformed, after the records before that place were handed out
     */
    public void decode(ByteBuffer chunk, Consumer<byte[]> records) throws RecordFormatException {
        if (failure != null) {
            throw new RecordFormatException(failure);
        }
        while (chunk.hasRemaining()) {
            if (record == null) {
                readHeader(chunk);
            }
            if (record != null) {
                readRecord(chunk, record, records);
            }
        }
    }

    /** Whether a stream that ends here ends between two records. */
    public boolean isBetweenRecords() {
        return record == null && headerDigits == 0 && failure == null;
    }

    private void readHeader(ByteBuffer chunk) throws RecordFormatException {
        while (chunk.hasRemaining()) {
            byte next = chunk.get();
            if (next == '\n' && headerDigits > 0) {
                record = new byte[(int) announced];
                received = 0;
                headerDigits = 0;
                announced = 0;
                return;
            }
            if (next < '0' || next > '9') {
                throw fail("a record must begin with its length in decimal digits and a line feed, but byte "
                        + (next & 0xff) + " stands there");
            }
            announced = announced * 10 + (next - '0');
            headerDigits++;
            if (announced > maxRecordBytes || headerDigits > LONGEST_HEADER) {
                throw fail("a record is longer than the " + maxRecordBytes + " bytes allowed");
            }
        }
    }

    private void readRecord(ByteBuffer chunk, byte[] target, Consumer<byte[]> records) {
        int length = Math.min(chunk.remaining(), target.length - received);
        chunk.get(target, received, length);
        received += length;
        if (received == target.length) {
            record = null;
            records.accept(target);
        }
    }

    private RecordFormatException fail(String reason) {
        failure = reason;
        return new RecordFormatException(reason);
    }
}
