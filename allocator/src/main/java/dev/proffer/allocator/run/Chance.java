package dev.proffer.allocator.run;

import java.util.random.RandomGenerator;

/** A small random generator (SplitMix64) that can be copied, so that a dry run draws what the real one will draw. */
public final class Chance implements RandomGenerator {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    public Chance(long seed) {
        this.state = seed;
    }

    @Override
    public long nextLong() {
        state += GOLDEN_GAMMA;
        long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** What {@link #restore} takes to draw the same again. */
    public long save() {
        return state;
    }

    public void restore(long saved) {
        state = saved;
    }
}
