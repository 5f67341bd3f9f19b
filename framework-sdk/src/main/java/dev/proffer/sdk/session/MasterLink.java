package dev.proffer.sdk.session;

import dev.proffer.protocol.v1.scheduler.Call;

/** The way to the master, as a session sees it. */
public interface MasterLink {
    /**
     * Begins to subscribe and returns at once. Exactly one of {@link StreamInput.Opened}, {@link StreamInput.Refused} and
     * {@link StreamInput.Broken} follows in bounded time, unless the stream is closed before.
     *
     * @param stream names the stream to be; grows with each
     */
    void open(int stream, Call subscribe);

    /** Ends that stream, open or not. Nothing need come of it any more, and what comes is ignored. */
    void close(int stream);

    /** Sends any other call to the master that the stream comes from, and waits for its answer in bounded time. */
    Reply send(Call call, String streamId);

    /** Has {@link SchedulerSession#settle} called soon, on the session's thread. Callable from any thread. */
    void wake();
}
