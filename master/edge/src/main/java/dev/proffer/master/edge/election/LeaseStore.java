package dev.proffer.master.edge.election;

/** Where the Lease is kept. Calls block, but not for long: less than a candidate's renew deadline. */
interface LeaseStore {

    /** Found, Absent or Unanswered. */
    ElectionInput read();

    /** Written, Conflict or Unanswered. */
    ElectionInput create(LeaseClaim claim);

    /** Written, Conflict or Unanswered. */
    ElectionInput replace(String version, LeaseClaim claim);
}
