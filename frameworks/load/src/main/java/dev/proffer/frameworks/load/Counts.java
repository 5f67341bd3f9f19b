package dev.proffer.frameworks.load;

/**
 * How the tasks fare.
 *
 * @param launched so far, with those that did not get through
 * @param underWay launched, and not known to have ended
 * @param running of these, those that their agent said to run
 * @param unreachable of these, those whose agent cannot be reached
 * @param failed ended by themselves with an error, or refused
 * @param lost nobody knows what became of them, or their agent is gone
 * @param dropped their launch did not get through; others are launched in their place
 */
record Counts(
        long launched,
        long underWay,
        long running,
        long unreachable,
        long finished,
        long failed,
        long killed,
        long lost,
        long dropped) {
    @Override
    public String toString() {
        return "launched=" + launched + " underway=" + underWay + " running=" + running + " unreachable=" + unreachable
                + " finished=" + finished + " failed=" + failed + " killed=" + killed + " lost=" + lost + " dropped="
                + dropped;
    }
}
