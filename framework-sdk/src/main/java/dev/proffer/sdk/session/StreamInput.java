package dev.proffer.sdk.session;

import dev.proffer.protocol.v1.scheduler.Event;

/** What happens to a stream, in this order: opened, any number of events, broken; or refused or broken at once. */
public sealed interface StreamInput {
    int stream();

    /**
     * The master answers with a stream.
     *
     * @param streamId what other calls must name
     */
    record Opened(int stream, String streamId) implements StreamInput {}

    record Received(int stream, Event event) implements StreamInput {}

    /** There is no stream, or none any more; another try may help. */
    record Broken(int stream, String reason) implements StreamInput {}

    /** The master will never answer this subscription with a stream: the request itself is wrong. */
    record Refused(int stream, String reason) implements StreamInput {}
}
