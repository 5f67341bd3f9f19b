package dev.proffer.testing.kubernetes.crds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.testing.kubernetes.Kubectl;
import dev.proffer.testing.kubernetes.TestKubernetes;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several writers of one object: each keeps what it wrote, and nobody overwrites another unasked. */
class ServerSideApplyIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.shared();

    private static final String QUOTA = """
            apiVersion: proffer.dev/v1alpha1
            kind: Quota
            metadata: {name: web}
            spec:
              role: web
              resources: [%s]
            """;
    private static final String CONDITION = """
            apiVersion: proffer.dev/v1alpha1
            kind: Quota
            metadata: {name: web}
            status:
              conditions:
              - {type: %s, status: "%s", reason: Said, message: "", lastTransitionTime: "2026-01-01T00:00:00Z"}
            """;

    private Kubectl kubectl;

    @BeforeAll
    static void install() {
        InstalledCrds.on(kubernetes);
    }

    @BeforeEach
    void openKubectl() {
        kubectl = kubernetes.kubectl();
    }

    @Test
    void eachManagerOwnsItsEntriesOfAKeyedList() {
        kubectl.applyServerSide(QUOTA.formatted("{name: cpus, limit: 2}"), "one")
                .expectSuccess();
        kubectl.applyServerSide(QUOTA.formatted("{name: mem, limit: 1Gi}"), "two")
                .expectSuccess();
        assertThat(resources()).isEqualTo("cpus mem");
        kubectl.applyServerSide(QUOTA.formatted("{name: gpus, limit: 1}"), "two")
                .expectSuccess();
        assertThat(resources()).isEqualTo("cpus gpus");
        assertThat(kubectl.applyServerSide(QUOTA.formatted("{name: cpus, limit: 9}"), "two")
                        .expectFailure())
                .contains("conflict with \"one\": .spec.resources[name=\"cpus\"].limit");
    }

    @Test
    void aPersonsEditIsNotOverwrittenUnasked() {
        kubectl.applyServerSide(QUOTA.formatted("{name: cpus, limit: 2}"), "gitops")
                .expectSuccess();
        var edit = "{\"spec\":{\"resources\":[{\"name\":\"cpus\",\"limit\":5}]}}";
        kubectl.get("patch", "pquota", "web", "--type=merge", "--field-manager=alice", "-p", edit);
        assertThat(kubectl.applyServerSide(QUOTA.formatted("{name: cpus, limit: 3}"), "gitops")
                        .expectFailure())
                .contains("conflict with \"alice\"");
        assertThat(kubectl.get("get", "pquota", "web", "-o", "jsonpath={.spec.resources[0].limit}"))
                .isEqualTo("5");
    }

    @Test
    void operatorAndLeaderWriteConditionsOfTheirOwn() {
        kubectl.applyServerSide(QUOTA.formatted("{name: cpus, limit: 2}"), "alice")
                .expectSuccess();
        status("operator", CONDITION.formatted("Feasible", "True"));
        status("leader", CONDITION.formatted("Satisfied", "True"));
        status("operator", CONDITION.formatted("Ready", "True"));
        assertThat(kubectl.get("get", "pquota", "web", "-o", "jsonpath={.status.conditions[*].type}")
                        .split(" "))
                .as("what the operator does not say any more is gone, what the leader said is not")
                .containsExactlyInAnyOrder("Satisfied", "Ready");
    }

    @Test
    void aStatusSaysNothingOfTheSpecAndTheSpecNothingOfTheStatus() {
        kubectl.applyServerSide(QUOTA.formatted("{name: cpus, limit: 2}"), "alice")
                .expectSuccess();
        assertThat(kubectl.get("get", "pquota", "web", "-o", "jsonpath={.metadata.generation}"))
                .isEqualTo("1");
        status("operator", CONDITION.formatted("Ready", "True"));
        kubectl.applyServerSide(CONDITION.formatted("Ready", "False") + """
                spec:
                  role: web
                  resources: [{name: cpus, limit: 2}]
                """, "alice")
                .expectSuccess();
        assertThat(kubectl.get(
                        "get",
                        "pquota",
                        "web",
                        "-o",
                        "jsonpath={.metadata.generation} {.status.conditions[?(@.type==\"Ready\")].status}"))
                .isEqualTo("1 True");
    }

    private void status(String manager, String yaml) {
        kubectl.run(
                        List.of(
                                "apply",
                                "--server-side",
                                "--subresource=status",
                                "--field-manager=" + manager,
                                "-f",
                                "-"),
                        yaml)
                .expectSuccess();
    }

    private String resources() {
        return kubectl.get("get", "pquota", "web", "-o", "jsonpath={.spec.resources[*].name}");
    }
}
