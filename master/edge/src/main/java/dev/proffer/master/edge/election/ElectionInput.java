package dev.proffer.master.edge.election;

/** What a candidate learns. */
sealed interface ElectionInput {

    /** {@link ElectionCore#nextDeadline()} was reached. */
    record TimePassed() implements ElectionInput {}

    /** A rumour: nobody seems to hold the Lease any more. */
    record Freed() implements ElectionInput {}

    /** The answer to a read: the Lease as it is. */
    record Found(LeaseRecord lease) implements ElectionInput {}

    /** The answer to a read: there is no Lease. */
    record Absent() implements ElectionInput {}

    /** A write went through; the Lease as it is now. */
    record Written(LeaseRecord lease) implements ElectionInput {}

    /** A write came too late: the Lease is no longer what it was compared with. */
    record Conflict() implements ElectionInput {}

    /** No answer: a read told nothing, a write may or may not have gone through. */
    record Unanswered(String problem) implements ElectionInput {}

    /** The term that is kept beside the Lease, and whose it is; 0 if there is none. */
    record TermRead(long term, String holder) implements ElectionInput {}

    /** The term is kept beside the Lease as well: it outlives the Lease. */
    record TermStored(long term) implements ElectionInput {}

    /** No answer: the term was not read, or perhaps not stored. */
    record TermUnanswered(String problem) implements ElectionInput {}

    /** Somebody has obeyed this term of that holder, which the Lease may have forgotten. */
    record TermSeen(long term, String holder) implements ElectionInput {}

    /** This master wants to go in order. */
    record Stop() implements ElectionInput {}
}
