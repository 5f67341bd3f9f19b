package dev.proffer.master.core.offers;

import dev.proffer.model.Resources;

/** What an ACCEPT has not used yet, and what it has. */
final class Remainder {
    private Resources left;
    private Resources used = Resources.EMPTY;

    Remainder(Resources offered) {
        left = offered;
    }

    Resources left() {
        return left;
    }

    Resources used() {
        return used;
    }

    void take(Resources resources) {
        left = left.minus(resources);
        used = used.plus(resources);
    }
}
