package dev.proffer.master.edge.election;

/** Is told, on the election's thread, how this master fares. Must return soon: nothing is renewed meanwhile. */
public interface ElectionListener {

    void stand(Standing standing);

    /** The Lease is this master's until then (monotonic nanoseconds), whatever becomes of the API server. */
    void confirmed(long until);
}
