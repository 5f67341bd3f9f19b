package dev.proffer.master.edge.election;

/** What a candidate wants done. At most one of the first three is under way at a time. */
sealed interface ElectionAction {

    /** Answered by Found, Absent or Unanswered. */
    record Read() implements ElectionAction {}

    /** Fails if there is a Lease. Answered by Written, Conflict or Unanswered. */
    record Create(LeaseClaim claim) implements ElectionAction {}

    /** Fails if the Lease is no longer of that version. Answered by Written, Conflict or Unanswered. */
    record Replace(String version, LeaseClaim claim) implements ElectionAction {}

    record Report(Standing standing) implements ElectionAction {}
}
