package dev.proffer.sdk.session;

/** What came of sending a call. */
public sealed interface Reply {
    /** The master has it. */
    record Taken() implements Reply {}

    /** The master does not want it. */
    record Refused(String reason) implements Reply {}

    /** The master no longer knows the stream that the call names, or no longer leads: subscribe again. */
    record StreamUnknown(String reason) implements Reply {}

    /** No answer came; the master may have the call or not. */
    record Unanswered(String reason) implements Reply {}
}
