package dev.proffer.testing.kubernetes.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.testing.kubernetes.Kubectl;
import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.programs.Built;
import dev.proffer.testing.programs.Program;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A ProfferCluster and the operator, from its making to its end. */
class ClusterIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.ofItsOwn();

    private static final String KINDS =
            "deployments,daemonsets,services,endpointslices,configmaps,secrets,serviceaccounts,roles.rbac.authorization.k8s.io,"
                    + "rolebindings,networkpolicies,poddisruptionbudgets";

    private static @Nullable Program operator;

    @BeforeAll
    static void start() throws Exception {
        operator = Install.into(kubernetes).operator();
    }

    @AfterEach
    void clean() {
        kubectl("patch", "pcl", "main", "--type=merge", "-p", "{\"spec\":{\"paused\":false,\"confirmDeletion\":true}}");
        kubectl("delete", "pcl", "--all", "--timeout=60s").expectSuccess();
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(operator).close();
    }

    @Test
    void theExampleIsConvergedAndGoesWithoutATrace() {
        var before = names(KINDS, "");
        long applied = System.nanoTime();
        example();
        awaitChildren();
        System.out.printf(
                "children after %d ms%n",
                Duration.ofNanos(System.nanoTime() - applied).toMillis());
        assertThat(children())
                .contains(
                        "deployment.apps/proffer-master",
                        "daemonset.apps/proffer-agent-general",
                        "daemonset.apps/proffer-holder-general",
                        "service/proffer-master-internal",
                        "service/proffer-agent-link",
                        "secret/proffer-master-tls",
                        "configmap/proffer-trust",
                        "networkpolicy.networking.k8s.io/proffer-master");
        awaitCondition("Ready", "NoMasterReady");
        assertThat(kubectl("get", "pcl").expectSuccess()).contains("main", "False");

        kubectl("delete", "pcl", "main", "--timeout=60s").expectSuccess();
        assertThat(children()).isEmpty();
        assertThat(names(KINDS, "")).isEqualTo(before);
    }

    @Test
    void aHumansEditIsPutBackAndFieldsOfOthersAreLeftAlone() {
        example();
        awaitChildren();
        kubectl("scale", "deployment", "proffer-master", "--replicas=5").expectSuccess();
        await().atMost(Install.PATIENCE)
                .until(() ->
                        get("deployment/proffer-master", "{.spec.replicas}").equals("2"));

        kubectl("annotate", "deployment", "proffer-master", "example.com/mine=kept")
                .expectSuccess();
        kubectl("delete", "service", "proffer-agent-link").expectSuccess();
        await().atMost(Install.PATIENCE)
                .until(() -> kubectl("get", "service", "proffer-agent-link").code() == 0);
        assertThat(get("deployment/proffer-master", "{.metadata.annotations.example\\.com/mine}"))
                .isEqualTo("kept");
    }

    @Test
    void anotherManagerThatForcesAFieldLosesIt() {
        example();
        awaitChildren();
        kubernetes
                .kubectl()
                .run(
                        List.of(
                                "apply",
                                "--server-side",
                                "--force-conflicts",
                                "--field-manager=gitops",
                                "-n",
                                "proffer",
                                "-f",
                                "-"),
                        """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: proffer-master}
                        data: {application.properties: "broken=true"}
                        """)
                .expectSuccess();
        await().atMost(Install.PATIENCE)
                .until(() -> get("configmap/proffer-master", "{.data.application\\.properties}")
                        .contains("proffer.master.cluster=main"));
    }

    @Test
    void aChangeOfTheSpecConvergesAndWhatIsWantedNoMoreGoes() {
        example();
        awaitChildren();
        var spec = "{\"spec\":{\"master\":{\"replicas\":3},\"listeners\":[{\"name\":\"internal\"},"
                + "{\"name\":\"old\",\"port\":5060,\"tls\":false,\"authentication\":[\"Anonymous\"]}]}}";
        kubectl("patch", "pcl", "main", "--type=merge", "-p", spec).expectSuccess();
        await().atMost(Install.PATIENCE)
                .until(() -> children().contains("service/proffer-master-old")
                        && get("deployment/proffer-master", "{.spec.replicas}").equals("3"));
        assertThat(children()).contains("endpointslice.discovery.k8s.io/proffer-master-old");

        kubectl(
                        "patch",
                        "pcl",
                        "main",
                        "--type=json",
                        "-p",
                        "[{\"op\":\"remove\",\"path\":\"/spec/agentPools\"},"
                                + "{\"op\":\"remove\",\"path\":\"/spec/listeners/1\"}]")
                .expectSuccess();
        await().atMost(Install.PATIENCE)
                .until(() -> children().stream().noneMatch(name -> name.contains("general") || name.endsWith("-old")));
    }

    /** As Kubernetes' own controllers do for a Service that selects pods. */
    @Test
    void whatAnotherControllerMadeForAChildStays() {
        example();
        awaitChildren();
        kubernetes
                .kubectl()
                .apply("""
                        apiVersion: discovery.k8s.io/v1
                        kind: EndpointSlice
                        metadata:
                          name: made-for-metrics
                          namespace: proffer
                          labels: {proffer.dev/cluster: main}
                          ownerReferences:
                            - {apiVersion: v1, kind: Service, name: proffer-metrics, uid: %s, controller: true}
                        addressType: IPv4
                        endpoints: []
                        """.formatted(get("service/proffer-metrics", "{.metadata.uid}")))
                .expectSuccess();
        kubectl("patch", "pcl", "main", "--type=json", "-p", "[{\"op\":\"remove\",\"path\":\"/spec/agentPools\"}]")
                .expectSuccess();
        await().atMost(Install.PATIENCE).until(() -> children().stream().noneMatch(name -> name.contains("general")));
        assertThat(children()).contains("endpointslice.discovery.k8s.io/made-for-metrics");
    }

    @Test
    void pausedMeansPaused() {
        example();
        awaitChildren();
        kubectl("patch", "pcl", "main", "--type=merge", "-p", "{\"spec\":{\"paused\":true}}")
                .expectSuccess();
        awaitCondition("Paused", "PausedBySpec");
        kubectl("scale", "deployment", "proffer-master", "--replicas=0").expectSuccess();
        kubectl("annotate", "pcl", "main", "look=again").expectSuccess();
        kubectl("delete", "pcl", "main", "--wait=false").expectSuccess();
        awaitCondition("DeletionBlocked", "Paused");
        assertThat(get("deployment/proffer-master", "{.spec.replicas}")).isEqualTo("0");
    }

    @Test
    void deletionWithRunningTasksAsksForConfirmation() {
        example();
        awaitChildren();
        kubectl(
                        "patch",
                        "pcl",
                        "main",
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        "{\"status\":{\"term\":3,\"tasks\":12}}")
                .expectSuccess();
        kubectl("delete", "pcl", "main", "--wait=false").expectSuccess();
        awaitCondition("DeletionBlocked", "TasksRunning");
        assertThat(children()).contains("daemonset.apps/proffer-holder-general");
        assertThat(kubectl("get", "events.events.k8s.io", "-o", "jsonpath={.items[*].note}")
                        .expectSuccess())
                .contains("12 tasks run");

        kubectl("patch", "pcl", "main", "--type=merge", "-p", "{\"spec\":{\"confirmDeletion\":true}}")
                .expectSuccess();
        await().atMost(Install.PATIENCE)
                .until(() -> kubectl("get", "pcl", "main").code() != 0);
        assertThat(children()).isEmpty();
    }

    @Test
    void theYoungerOfTwoClustersConflicts() {
        example();
        awaitChildren();
        kubernetes
                .kubectl()
                .run(List.of("apply", "-n", "proffer", "-f", "-"), """
                        apiVersion: proffer.dev/v1alpha1
                        kind: ProfferCluster
                        metadata: {name: another}
                        spec: {}
                        """)
                .expectSuccess();
        await().atMost(Install.PATIENCE)
                .until(() -> get("pcl/another", "{.status.conditions[?(@.type=='Ready')].reason}")
                        .equals("Conflict"));
        kubectl("delete", "pcl", "another", "--timeout=30s").expectSuccess();
        assertThat(children()).contains("deployment.apps/proffer-master");
    }

    private void example() {
        kubernetes
                .kubectl()
                .apply(Built.file("manifests/examples/cluster.yaml"))
                .expectSuccess();
    }

    /** The agents' DaemonSet is applied last. */
    private void awaitChildren() {
        await().atMost(Install.PATIENCE).until(() -> children().contains("daemonset.apps/proffer-agent-general"));
    }

    private List<String> children() {
        return names(KINDS, "proffer.dev/cluster=main");
    }

    private List<String> names(String kinds, String selector) {
        var out = kubectl("get", kinds, "-o", "name", "-l", selector).expectSuccess();
        return out.lines().filter(line -> !line.contains("token-")).sorted().toList();
    }

    private void awaitCondition(String type, String reason) {
        await(type)
                .atMost(Install.PATIENCE)
                .until(() -> get("pcl/main", "{.status.conditions[?(@.type=='%s')].reason}".formatted(type))
                        .equals(reason));
    }

    private String get(String object, String path) {
        return kubectl("get", object, "-o", "jsonpath=" + path).out();
    }

    private Kubectl.Result kubectl(String... arguments) {
        return kubernetes
                .kubectl()
                .run(Stream.concat(Arrays.stream(arguments), Stream.of("-n", "proffer"))
                        .toArray(String[]::new));
    }
}
