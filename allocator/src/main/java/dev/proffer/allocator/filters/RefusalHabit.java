package dev.proffer.allocator.filters;

/**
 * Notices a framework that declines everything although it knows how to ask for offers again (REVIVE): its filters are
 * lengthened, doubling with each further decline, so that it does not keep the cluster busy. Any accepted offer ends it.
 */
public final class RefusalHabit {
    private static final int PATIENCE = 20;
    private static final double LONGEST_SECONDS = 30;
    private static final int MOST_DOUBLINGS = 16;

    private boolean revives;
    private int declinesInARow;
    private long lastDecline = Long.MIN_VALUE;

    public void revived() {
        revives = true;
    }

    public void accepted() {
        declinesInARow = 0;
    }

    /**
     * Notes a decline for so many seconds; returns for how many it shall count. What is declined at the same time (monotonic
     * nanoseconds) is one decline of many offers.
     */
    public double declined(long nanos, double seconds, double intervalSeconds) {
        if (nanos != lastDecline && declinesInARow < PATIENCE + MOST_DOUBLINGS) {
            declinesInARow++;
        }
        lastDecline = nanos;
        if (!revives || declinesInARow < PATIENCE || seconds >= LONGEST_SECONDS) {
            return seconds;
        }
        double lengthened = Math.max(seconds, intervalSeconds) * (1L << (declinesInARow - PATIENCE + 1));
        return Math.min(LONGEST_SECONDS, lengthened);
    }
}
