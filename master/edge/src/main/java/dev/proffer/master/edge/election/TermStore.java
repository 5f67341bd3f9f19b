package dev.proffer.master.edge.election;

/**
 * Where the highest term is kept beside the Lease, so that it grows although the Lease is deleted or restored. Calls block,
 * but not for long.
 */
interface TermStore {

    /** TermRead or TermUnanswered. */
    ElectionInput read();

    /**
     * Keeps the term, unless a higher one or another holder's is kept already.
     *
     * @return TermStored, TermRead of what is kept instead, or TermUnanswered
     */
    ElectionInput store(long term, String holder);

    /** Where there is no such place: the Lease's own term and the agents' word are all there is. */
    static TermStore none() {
        return new TermStore() {
            @Override
            public ElectionInput read() {
                return new ElectionInput.TermRead(0, "");
            }

            @Override
            public ElectionInput store(long term, String holder) {
                return new ElectionInput.TermStored(term);
            }
        };
    }
}
