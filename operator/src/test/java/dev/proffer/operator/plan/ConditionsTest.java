package dev.proffer.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    @Test
    void theTimeMovesOnlyWithTheValue() {
        var first = Conditions.of(List.of(Verdict.no("Ready", "NoLeader", "Wait.")), List.of(), 1, NOON);
        var same = Conditions.of(List.of(Verdict.no("Ready", "NoMasterReady", "Look.")), first, 2, LATER);
        var other = Conditions.of(List.of(Verdict.yes("Ready", "Running", "Fine.")), same, 2, LATER);
        assertThat(same.getFirst().getLastTransitionTime()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(same.getFirst().getReason()).isEqualTo("NoMasterReady");
        assertThat(other.getFirst().getLastTransitionTime()).isEqualTo("2026-01-01T12:01:00Z");
        assertThat(other.getFirst().getObservedGeneration()).isEqualTo(2);
    }
}
