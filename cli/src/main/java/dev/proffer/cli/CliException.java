package dev.proffer.cli;

/** What was asked for cannot be had; the message says why and what to do. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CliException(String message) {
        super(message);
    }

    public CliException(String message, Throwable cause) {
        super(message, cause);
    }
}
