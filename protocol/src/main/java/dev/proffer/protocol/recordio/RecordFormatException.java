package dev.proffer.protocol.recordio;

import java.io.Serial;

/** A stream is not RecordIO, or a record on it is too large. The rest of the stream cannot be read. */
public final class RecordFormatException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    RecordFormatException(String message) {
        super(message);
    }
}
