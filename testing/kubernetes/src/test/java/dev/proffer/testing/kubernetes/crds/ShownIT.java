package dev.proffer.testing.kubernetes.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.proffer.testing.kubernetes.Kubectl;
import dev.proffer.testing.kubernetes.TestKubernetes;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people see of our kinds with nothing but {@code kubectl}. */
class ShownIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.shared();

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
    void getAnswersTheFirstQuestionOfAFramework() {
        create("Framework", """
                term: 1
                connected: true
                instanceCount: 2
                tasks: 17
                share: 12.5%
                allocation: [{name: cpus, amount: "8"}, {name: mem, amount: 16Gi}, {name: gpus, amount: "1"}]
                conditions:
                - {type: Ready, status: "True", reason: Admitted, message: "", lastTransitionTime: "2026-01-01T00:00:00Z"}
                - {type: OffersFlowing, status: "False", reason: QuotaReached, message: "", lastTransitionTime: "2026-01-01T00:00:00Z"}
                """);
        assertThat(columns("pfw"))
                .containsExactly(
                        List.of("NAME", "READY", "CONNECTED", "INSTANCES", "TASKS", "CPUS", "MEM", "SHARE"),
                        List.of("example", "True", "true", "2", "17", "8", "16Gi", "12.5%"));
        assertThat(kubectl.get("get", "pfw", "-o", "wide")).contains("OFFERS", "QuotaReached", "ROLES", "eng/web");
    }

    @Test
    void getAnswersTheFirstQuestionOfEveryOtherKind() {
        create("ProfferCluster", "{term: 3, leader: master-0/x1, agents: {ready: 4, total: 5}, version: 0.1.0}");
        assertThat(columns("pcl"))
                .containsExactly(
                        List.of("NAME", "READY", "LEADER", "TERM", "AGENTS", "VERSION"),
                        List.of("example", "master-0/x1", "3", "4", "0.1.0"));
        create("Role", "{term: 3, frameworks: 2, share: 3%, allocation: [{name: cpus, amount: 500m}]}");
        assertThat(columns("prole"))
                .containsExactly(
                        List.of("NAME", "PATH", "WEIGHT", "READY", "FRAMEWORKS", "CPUS", "MEM", "SHARE"),
                        List.of("example", "eng/web", "2.5", "2", "500m", "3%"));
        create("Quota", "{term: 3, consumed: [{name: cpus, amount: 1}]}");
        assertThat(columns("pquota"))
                .containsExactly(
                        List.of("NAME", "ROLE", "READY", "FEASIBLE", "SATISFIED"), List.of("example", "eng/web"));
        create("Reservation", "{term: 3, desired: 3, bound: 2}");
        assertThat(columns("prsv"))
                .containsExactly(
                        List.of("NAME", "ROLE", "READY", "DESIRED", "BOUND"), List.of("example", "eng/web", "3", "2"));
        create("Agent", "{term: 3, node: node-1, state: Active, resources: [{name: cpus, amount: 4}], version: 0.1.0}");
        assertThat(columns("pagent"))
                .containsExactly(
                        List.of("NAME", "NODE", "STATE", "REASON", "CPUS", "MEM", "VERSION"),
                        List.of("example", "node-1", "Active", "4", "0.1.0"));
    }

    @Test
    void oneCategoryNamesAllKinds() {
        InstalledCrds.KINDS.forEach(kind -> create(kind, "{term: 1}"));
        assertThat(kubectl.get("get", "proffer", "-o", "name").lines())
                .containsExactlyInAnyOrder(
                        "agent.proffer.dev/example",
                        "framework.proffer.dev/example",
                        "proffercluster.proffer.dev/example",
                        "quota.proffer.dev/example",
                        "reservation.proffer.dev/example",
                        "role.proffer.dev/example");
    }

    @Test
    void everyFieldIsExplained() {
        assertThat(kubectl.get("explain", "pquota.spec.resources.limit"))
                .contains("What the role and all below it never exceed together.");
        assertThat(kubectl.get("explain", "profferclusters.spec.listeners.type"))
                .contains("How it is reached.", "ENUM:")
                .contains("Internal", "NodePort", "LoadBalancer", "Ingress");
        for (var kind : List.of("pcl", "pfw", "prole", "pquota", "prsv", "pagent")) {
            assertThat(kubectl.get("explain", kind, "--recursive")).contains("spec\t", "status\t", "conditions\t");
        }
    }

    @Test
    void aFrameworkOfManySchedulersIsScaled() {
        create("Framework", "{term: 1, scheduler: {replicas: 2, readyReplicas: 2}}");
        assertThat(kubectl.get("scale", "pfw/example", "--replicas=3")).contains("scaled");
        assertThat(kubectl.get("get", "pfw", "example", "-o", "jsonpath={.spec.scheduler.replicas}"))
                .isEqualTo("3");
        assertThat(kubectl.get("get", "pfw", "example", "--subresource=scale", "-o", "jsonpath={.status.replicas}"))
                .isEqualTo("2");
    }

    @Test
    void applySaysWhatIsWrongAndTheRemedy() {
        var refused = kubectl.apply("""
                apiVersion: proffer.dev/v1alpha1
                kind: Quota
                metadata: {name: web}
                spec:
                  role: eng//web
                  resources: [{name: cpus, guarantee: 8, limit: 2}]
                """);
        assertThat(refused.expectFailure())
                .startsWith("The Quota \"web\" is invalid:")
                .contains(
                        "spec.role: Invalid value: \"string\": 'eng//web' is not a role that can be given resources; write a path such as eng/web")
                .contains(
                        "spec.resources[0]: Invalid value: \"object\": the guarantee of 'cpus' (8) exceeds its limit (2); lower the one or raise the other");
    }

    @Test
    void applyRefusesAFieldThatDoesNotExist() {
        var quota = """
                apiVersion: proffer.dev/v1alpha1
                kind: Quota
                metadata: {name: web}
                spec:
                  role: web
                  resources: [{name: cpus, limit: 2, maximum: 3}]
                """;
        assertThat(kubectl.apply(quota).expectFailure()).contains("unknown field \"spec.resources[0].maximum\"");
        // What a client of a newer version writes all the same is dropped, the rest is kept.
        assertThat(kubectl.run(List.of("apply", "--validate=ignore", "-f", "-"), quota)
                        .expectSuccess())
                .contains("created");
        assertThat(kubectl.get("get", "pquota", "web", "-o", "jsonpath={.spec.resources}"))
                .isEqualTo("[{\"limit\":2,\"name\":\"cpus\"}]");
    }

    @Test
    void whatIsNotSaidIsFilledIn() {
        kubectl.apply("""
                apiVersion: proffer.dev/v1alpha1
                kind: ProfferCluster
                metadata: {name: main}
                spec:
                  agentPools:
                  - name: general
                    resources: [{name: cpus, amount: 4}, {name: mem, amount: 8Gi}]
                ---
                apiVersion: proffer.dev/v1alpha1
                kind: Framework
                metadata: {name: hello}
                spec: {cluster: {name: main}, roles: [web]}
                ---
                apiVersion: proffer.dev/v1alpha1
                kind: Role
                metadata: {name: web}
                spec: {path: web}
                """).expectSuccess();
        assertThat(tree(kubectl.get("get", "pcl", "main", "-o", "jsonpath={.spec}")))
                .isEqualTo(tree("""
                                paused: false
                                confirmDeletion: false
                                master: {replicas: 2}
                                listeners:
                                - {name: internal, type: Internal, port: 5050, tls: true, authentication: [Token]}
                                security: {certificates: Generated}
                                admission: {undeclared: false}
                                agentPools:
                                - name: general
                                  resources: [{name: cpus, amount: 4}, {name: mem, amount: 8Gi}]
                                  launcher: linux
                                  statePath: /var/lib/proffer
                                  maxUnavailable: 1
                                """));
        assertThat(kubectl.get("get", "pfw", "hello", "-o", "jsonpath={.spec.maxInstances} {.spec.deletionPolicy}"))
                .isEqualTo("1 Retain");
        assertThat(kubectl.get("get", "prole", "web", "-o", "jsonpath={.spec.weight} {.spec.priority} {.spec.policy}"))
                .isEqualTo("1 0 drf");
    }

    /** The marker keeps text that begins with a brace from being taken for JSON. */
    private static JsonNode tree(String yaml) {
        return Serialization.unmarshal("---\n" + yaml, JsonNode.class);
    }

    private void create(String kind, String status) {
        var stored = kubernetes
                .admin()
                .resource(KindExamples.of(kind).good("example"))
                .create();
        stored.setAdditionalProperty("status", tree(status));
        kubernetes.admin().resource(stored).updateStatus();
    }

    /** Of {@code kubectl get}: the header and one object, without the age; what is not known is left out. */
    private List<List<String>> columns(String kind) {
        return kubectl.get("get", kind)
                .lines()
                .map(line ->
                        List.of(line.replaceAll("(AGE|\\d+s)\\s*$", "").strip().split("\\s+")))
                .toList();
    }
}
