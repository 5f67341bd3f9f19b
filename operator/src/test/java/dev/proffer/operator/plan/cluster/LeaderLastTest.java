package dev.proffer.operator.plan.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaderLastTest {
    @Test
    void theLeadersPodCostsMoreThanTheOthers() {
        var changes = LeaderLast.changes(List.of(pod("master-a", false), pod("master-b", false)), "master-b_x1");
        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.getMetadata().getName()).isEqualTo("master-b");
            assertThat(change.getMetadata().getAnnotations()).containsEntry(LeaderLast.COST, LeaderLast.OF_LEADER);
        });
    }

    @Test
    void whoLedBeforeCostsNoMore() {
        var changes = LeaderLast.changes(List.of(pod("master-a", true), pod("master-b", true)), "master-b_x1");
        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.getMetadata().getName()).isEqualTo("master-a");
            assertThat(change.getMetadata().getAnnotations()).isEmpty();
        });
    }

    @Test
    void withoutALeaderNobodyCosts() {
        assertThat(LeaderLast.changes(List.of(pod("master-a", false)), null)).isEmpty();
    }

    private static Pod pod(String name, boolean costly) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("proffer")
                .withAnnotations(costly ? Map.of(LeaderLast.COST, LeaderLast.OF_LEADER) : Map.of("other", "kept"))
                .endMetadata()
                .build();
    }
}
