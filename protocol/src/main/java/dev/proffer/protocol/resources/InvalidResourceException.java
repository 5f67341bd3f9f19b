package dev.proffer.protocol.resources;

import java.io.Serial;

/**
 * A resource or an attribute from the wire breaks a rule. The message names it and the rule, and may be shown to the
 * sender.
 */
public final class InvalidResourceException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidResourceException(String message) {
        super(message);
    }
}
