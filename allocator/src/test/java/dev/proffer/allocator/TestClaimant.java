package dev.proffer.allocator;

import dev.proffer.allocator.order.Claimant;

/** A claimant that is nothing else. */
final class TestClaimant extends Claimant {
    TestClaimant(String path) {
        super(path);
    }

    @Override
    public boolean wants() {
        return true;
    }
}
