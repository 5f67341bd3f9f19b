package dev.proffer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QuantitiesTest {
    @Test
    void aMissingNameIsZeroAndZerosVanish() {
        var quantities = Quantities.parse("cpus:1;mem:0");
        assertThat(quantities.asMap()).containsOnlyKeys("cpus");
        assertThat(quantities.thousandths("mem")).isZero();
        assertThat(quantities.contains(Quantities.NONE)).isTrue();
    }

    @Test
    void subtractionSaturatesPerName() {
        assertThat(Quantities.parse("cpus:1;mem:5").minus(Quantities.parse("cpus:2;mem:1")))
                .isEqualTo(Quantities.parse("mem:4"));
    }

    @Test
    void reservationsAreSummedAway() {
        assertThat(Resources.parse("cpus:1;cpus(eng):2;ports:[1-5]").scalars()).isEqualTo(Quantities.parse("cpus:3"));
    }

    @Test
    void negativeAmountsAreRefusedByName() {
        var amounts = new TreeMap<String, Long>();
        amounts.put("cpus", -1L);
        assertThatThrownBy(() -> Quantities.of(amounts)).hasMessageContaining("cpus");
    }

    @Test
    void overflowIsAnError() {
        var amounts = new TreeMap<String, Long>();
        amounts.put("cpus", Long.MAX_VALUE);
        var most = Quantities.of(amounts);
        assertThatThrownBy(() -> most.plus(most)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void deadlinesSaturateAtTheFarFuture() {
        var now = new Moment(1_000, Instant.EPOCH);
        assertThat(now.deadline(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(now.deadline(Duration.ofNanos(5))).isEqualTo(1_005);
        assertThat(now.reached(1_000)).isTrue();
        assertThat(now.reached(1_001)).isFalse();
    }

    @Test
    void attributesAreNumbersWhereTheyLookLikeIt() {
        assertThat(Attribute.parse("rack:r1;generation:3"))
                .containsExactly(
                        Attribute.text("rack", "r1"),
                        new Attribute("generation", new Attribute.OfScalar(Scalar.of(3))));
    }
}
