package dev.proffer.master.core.reservations;

/** How much is done in one step, so that the writer is soon free for others: in looks at an agent, of microseconds each. */
final class Effort {
    private static final int OF_A_STEP = 5_000;

    private int left = OF_A_STEP;

    boolean isSpent() {
        return left <= 0;
    }

    void spend(int looks) {
        left -= looks;
    }
}
