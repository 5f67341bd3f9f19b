package dev.proffer.master.edge.election;

/** What a candidate wants done, in this order. At most one of the requests is under way at a time. */
sealed interface ElectionAction {

    /** Answered by Found, Absent or Unanswered. */
    record Read() implements ElectionAction {}

    /** Fails if there is a Lease. Answered by Written, Conflict or Unanswered. */
    record Create(LeaseClaim claim) implements ElectionAction {}

    /** Fails if the Lease is no longer of that version. Answered by Written, Conflict or Unanswered. */
    record Replace(String version, LeaseClaim claim) implements ElectionAction {}

    /** Asks for the term beside the Lease. Answered by TermRead or TermUnanswered. */
    record ReadTerm() implements ElectionAction {}

    /** Puts the term beside the Lease. Answered by TermStored, TermRead (of a higher one) or TermUnanswered. */
    record StoreTerm(long term) implements ElectionAction {}

    /** The Lease is this master's until then, in monotonic nanoseconds. */
    record Confirm(long until) implements ElectionAction {}

    record Report(Standing standing) implements ElectionAction {}
}
