package dev.proffer.operator.plan.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.plan.Verdict;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeletionPlanTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                      | {}                  | false |
            {}                      | {term: 1, tasks: 0} | false |
            {}                      | {term: 1, tasks: 3} | false | TasksRunning
            {}                      | {term: 1}           | false | TasksUnknown
            {confirmDeletion: true} | {term: 1, tasks: 3} | false |
            {}                      | {term: 1, tasks: 0} | true  | DefinitionDeleted
            {confirmDeletion: true} | {term: 1, tasks: 3} | true  |
            {paused: true, confirmDeletion: true} | {}    | false | Paused
            """)
    void deletionWaitsForWhatWouldBeLost(String spec, String status, boolean definitionGoes, @Nullable String reason) {
        assertThat(DeletionPlan.blockedBy(cluster(spec, status), definitionGoes).map(Verdict::reason))
                .isEqualTo(Optional.ofNullable(reason));
    }

    private static ProfferCluster cluster(String spec, String status) {
        return Serialization.unmarshal("""
                apiVersion: proffer.dev/v1alpha1
                kind: ProfferCluster
                metadata: {name: main, namespace: proffer}
                spec: %s
                status: %s
                """.formatted(spec, status), ProfferCluster.class);
    }
}
