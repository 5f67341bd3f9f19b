package dev.proffer.protocol.recordio;

import java.nio.charset.StandardCharsets;

/** Frames records: the length in decimal digits, a line feed, and the record itself. */
public final class RecordEncoder {
    private RecordEncoder() {}

    /** What goes before a record of {@code length} bytes. */
    public static byte[] header(int length) {
        return (length + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** {@code payload} with its header in front. */
    public static byte[] encode(byte[] payload) {
        var header = header(payload.length);
        var record = new byte[header.length + payload.length];
        System.arraycopy(header, 0, record, 0, header.length);
        System.arraycopy(payload, 0, record, header.length, payload.length);
        return record;
    }
}
