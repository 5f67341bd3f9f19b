package dev.proffer.master.edge.election;

/** Where the Lease is kept. Calls block, but not for long: less than a candidate's renew deadline. */
interface LeaseStore {

    /** From now on {@code then} is run, on any thread, soon after the Lease was released or deleted; as far as can be known. */
    default void whenFree(Runnable then) {}

    /** Found, Absent or Unanswered. */
    ElectionInput read();

    /** Written, Conflict or Unanswered. */
    ElectionInput create(LeaseClaim claim);

    /** Written, Conflict or Unanswered. */
    ElectionInput replace(String version, LeaseClaim claim);
}
