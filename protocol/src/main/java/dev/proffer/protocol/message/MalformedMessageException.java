package dev.proffer.protocol.message;

import java.io.Serial;

/** Bytes are not the message that they should be. The message names the field and what it needs; its sender may see it. */
public final class MalformedMessageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message);
    }

    public MalformedMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
