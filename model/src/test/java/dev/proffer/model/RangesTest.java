package dev.proffer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RangesTest {
    @Test
    void touchingAndOverlappingRangesJoin() {
        assertThat(ranges("[5-6, 1-2, 3-4, 10-20, 15-30]")).hasToString("[1-6, 10-30]");
    }

    @Test
    void subtractionCutsHolesAndLosesWhatIsCovered() {
        assertThat(ranges("[1-10, 20-30]").minus(ranges("[0-1, 5-6, 9-25, 30-40]")))
                .hasToString("[2-4, 7-8, 26-29]");
    }

    @Test
    void containsAsksForEveryNumber() {
        assertThat(ranges("[1-10, 20-30]").contains(ranges("[2-3, 20-30]"))).isTrue();
        assertThat(ranges("[1-10, 20-30]").contains(ranges("[10-11]"))).isFalse();
        assertThat(Ranges.NONE.contains(Ranges.NONE)).isTrue();
    }

    @Test
    void theLargestNumbersDoNotOverflow() {
        var all = Ranges.of(0, Long.MAX_VALUE);
        assertThat(all.plus(Ranges.of(5, 6))).isEqualTo(all);
        assertThat(all.minus(Ranges.of(1, Long.MAX_VALUE))).isEqualTo(Ranges.of(0, 0));
        assertThat(all.count()).isEqualTo(Long.MAX_VALUE);
        assertThat(all.thousandths()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aRangeThatEndsBeforeItBeginsIsRefused() {
        assertThatThrownBy(() -> Ranges.of(3, 2)).hasMessageContaining("3-2");
    }

    @Test
    void arithmeticAgreesWithSetsOfNumbers() {
        for (long seed = 0; seed < 2000; seed++) {
            var random = new SplittableRandom(seed);
            var left = numbers(random);
            var right = numbers(random);
            var union = (BitSet) left.clone();
            union.or(right);
            var difference = (BitSet) left.clone();
            difference.andNot(right);
            assertThat(of(left).plus(of(right))).as("seed %d", seed).isEqualTo(of(union));
            assertThat(of(left).minus(of(right))).as("seed %d", seed).isEqualTo(of(difference));
            assertThat(of(left).contains(of(right)))
                    .as("seed %d", seed)
                    .isEqualTo(union.cardinality() == left.cardinality());
            assertThat(of(left).count()).isEqualTo(left.cardinality());
        }
    }

    private static BitSet numbers(SplittableRandom random) {
        var numbers = new BitSet();
        for (int i = random.nextInt(6); i > 0; i--) {
            int begin = random.nextInt(30);
            numbers.set(begin, begin + random.nextInt(8));
        }
        return numbers;
    }

    private static Ranges of(BitSet numbers) {
        var ranges = new ArrayList<Ranges.Range>();
        numbers.stream().forEach(number -> ranges.add(new Ranges.Range(number, number)));
        return Ranges.of(List.copyOf(ranges));
    }

    private static Ranges ranges(String text) {
        return Resources.parse("ports:" + text).ranges("ports").orElseThrow();
    }
}
