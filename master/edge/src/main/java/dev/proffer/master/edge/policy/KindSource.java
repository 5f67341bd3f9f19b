package dev.proffer.master.edge.policy;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of one kind, as the API server has them. */
interface KindSource<T> extends AutoCloseable {

    /** Begins to follow them; calls back after each change, on any thread. */
    void start(Runnable changed);

    /** Whether they have been read. */
    boolean isKnown();

    /** As last heard of. */
    Collection<T> objects();

    /**
     * Asks afresh: versions by key of each object. Blocks for some seconds at most.
     *
     * @return null if there is no answer
     */
    @Nullable
    Map<String, String> versions();

    /**
     * Whether the kind is there and is to stay: not while its CRD is being deleted, which takes all objects with it. Blocks
     * for some seconds at most; no answer is a no.
     */
    boolean stands();

    /** Begins to follow them anew. */
    void restart();

    @Override
    void close();
}
