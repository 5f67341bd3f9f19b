package dev.proffer.master.edge.http.scheduler;

import dev.proffer.master.core.StreamId;

/** Who keeps a term's streams. Called on the streams' event loops. */
interface StreamOwner {

    /** The stream broke, or was cut off: nobody reads it any more. */
    void broken(StreamId stream, String reason);

    /** So many bytes more, or less, wait to be read. */
    void backlogChanged(long bytes);
}
