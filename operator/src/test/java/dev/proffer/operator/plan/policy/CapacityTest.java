package dev.proffer.operator.plan.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.role.Role;
import dev.proffer.operator.plan.Verdict;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityTest {
    private static final ProfferCluster CLUSTER = Serialization.unmarshal("""
            apiVersion: proffer.dev/v1alpha1
            kind: ProfferCluster
            metadata: {name: main, namespace: proffer}
            spec:
              agentPools:
                - {name: small, resources: [{name: cpus, amount: 1500m}, {name: mem, amount: 1Gi}]}
                - {name: large, resources: [{name: cpus, amount: "8"}, {name: mem, amount: 8Gi}, {name: ports, ranges: 1-9}]}
            """, ProfferCluster.class);

    @Test
    void poolsCountAsOftenAsTheyHaveAgents() {
        var capacity = Capacity.of(CLUSTER, List.of(agents("small", 2), agents("large", 3)))
                .orElseThrow();
        assertThat(capacity.thousandths("cpus")).isEqualTo(2 * 1500 + 3 * 8000);
        assertThat(capacity.thousandths("mem")).isEqualTo((2 * 1024 + 3 * 8192) * 1000L);
    }

    @Test
    void withoutAgentsItIsUnknown() {
        assertThat(Capacity.of(CLUSTER, List.of(agents("small", 0)))).isEmpty();
    }

    @Test
    void aRoleThatHoldsSomethingStays() {
        assertThat(RoleDeletion.blockedBy(role("[{name: cpus, amount: 500m}]")).map(Verdict::message))
                .hasValueSatisfying(message -> assertThat(message).contains("'eng' holds 500m of cpus"));
        assertThat(RoleDeletion.blockedBy(role("[]"))).isEmpty();
    }

    private static Role role(String allocation) {
        return Serialization.unmarshal("""
                apiVersion: proffer.dev/v1alpha1
                kind: Role
                metadata: {name: eng, namespace: proffer}
                spec: {path: eng}
                status: {allocation: %s}
                """.formatted(allocation), Role.class);
    }

    private static DaemonSet agents(String pool, int ready) {
        return new DaemonSetBuilder()
                .withNewMetadata()
                .withName("proffer-agent-" + pool)
                .endMetadata()
                .withNewStatus()
                .withNumberReady(ready)
                .endStatus()
                .build();
    }
}
