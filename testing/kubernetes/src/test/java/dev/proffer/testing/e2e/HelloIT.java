package dev.proffer.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.testing.nodes.NodeCluster;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the README's section about Kubernetes says. */
@Tag("nodes")
class HelloIT {
    @RegisterExtension
    @Order(1)
    static final NodeCluster cluster = NodeCluster.shared();

    @RegisterExtension
    @Order(2)
    static final InstalledProffer proffer = new InstalledProffer(cluster);

    @Test
    void aFrameworkThatTheOperatorRunsFinishesItsTasks() throws Exception {
        var namespace = cluster.namespace();
        proffer.admin()
                .get(
                        "create",
                        "rolebinding",
                        "proffer-schedulers",
                        "--clusterrole=proffer-schedulers",
                        "--serviceaccount=proffer:proffer-operator");
        proffer.admin().apply("""
            apiVersion: proffer.dev/v1alpha1
            kind: Role
            metadata: {name: hello, namespace: proffer}
            spec:
              path: hello
              allowedSubjects: [{kind: ServiceAccount, namespace: %s, name: hello}]
            """.formatted(namespace)).expectSuccess();
        proffer.admin().apply("""
            apiVersion: proffer.dev/v1alpha1
            kind: Framework
            metadata: {name: hello, namespace: %s}
            spec:
              cluster: {name: main, namespace: proffer}
              roles: [hello]
              scheduler:
                template:
                  spec:
                    containers:
                      - name: hello
                        image: proffer/hello:0.1.0-SNAPSHOT
                        args: [--stay, "true"]
            """.formatted(namespace)).expectSuccess();

        InstalledProffer.awaiting("five")
                .untilAsserted(() -> assertThat(proffer.admin().get("logs", "deployment/hello-scheduler"))
                        .contains("all five finished"));

        var log = proffer.admin().get("logs", "deployment/hello-scheduler");
        assertThat(log.lines().filter(line -> line.endsWith("TASK_FINISHED"))).hasSize(5);
        assertThat(proffer.admin().get("get", "proffer", "--all-namespaces"))
                .contains("proffercluster.proffer.dev/main", "agent.proffer.dev/node-3", "framework.proffer.dev/hello");
        assertThat(proffer.cli("status")).contains("agents       3 of 3 ready", "masters      2 of 2 ready");
    }
}
