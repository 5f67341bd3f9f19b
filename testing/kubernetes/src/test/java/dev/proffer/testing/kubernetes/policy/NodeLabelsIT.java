package dev.proffer.testing.kubernetes.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.crds.agent.AgentStatus;
import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.kubernetes.crds.InstalledCrds;
import dev.proffer.testing.programs.Agent;
import dev.proffer.testing.programs.Master;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the labels of a Kubernetes Node make of its agent: a master and an agent in processes of their own. */
class NodeLabelsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String REGION = "topology.kubernetes.io/region";

    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.shared();

    @TempDir
    Path folder;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Master.Ports ports = Master.Ports.free();
    private String node = "";

    @BeforeEach
    void makeNode() {
        InstalledCrds.on(kubernetes);
        node = "node-of-" + kubernetes.namespace();
        var _ = kubernetes
                .admin()
                .nodes()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(node)
                        .addToLabels("rack", "7")
                        .addToLabels("secret", "unasked-for")
                        .addToLabels(REGION, "eu")
                        .addToLabels(ZONE, "eu-1")
                        .endMetadata()
                        .build())
                .create();
        pool("[rack]");
    }

    @AfterEach
    void stop() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
        var _ = kubernetes.admin().nodes().withName(node).delete();
    }

    private static void pool(String labels) {
        var _ = kubernetes.kubectl().apply("""
                apiVersion: proffer.dev/v1alpha1
                kind: ProfferCluster
                metadata: {name: main}
                spec:
                  admission: {undeclared: true}
                  listeners: [{name: test, tls: false, authentication: [Anonymous]}]
                  agentPools:
                    - name: general
                      resources: [{name: cpus, amount: "2"}, {name: mem, amount: 1Gi}]
                      attributesFromLabels: %s
                """.formatted(labels));
    }

    private void label(String label) {
        kubernetes.kubectl().get("label", "--overwrite", "node", node, label);
    }

    private Master master(String name) throws IOException {
        var master = opened(Master.start(
                name,
                ports,
                "kubeconfig=" + kubernetes.kubeconfig(kubernetes.access()),
                "proffer.master.namespace=" + kubernetes.namespace(),
                "proffer.master.cluster=main",
                "proffer.master.policy=objects",
                "proffer.master.region=eu",
                "proffer.master.zone=eu-9"));
        master.awaitReady();
        return master;
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        started.push(closeable);
        return closeable;
    }

    private Optional<AgentStatus> status() {
        return Optional.ofNullable(kubernetes
                        .admin()
                        .resources(dev.proffer.crds.agent.Agent.class)
                        .inNamespace(kubernetes.namespace())
                        .withName(node)
                        .get())
                .map(dev.proffer.crds.agent.Agent::getStatus);
    }

    @Test
    void offersSayWhatTheNodeIsLabelledWithNowAndAfterAFailover() throws IOException {
        var first = master("first");
        var holder = opened(new OfferHolder(first.schedulers()));
        opened(Agent.start(
                "agent",
                folder,
                ports.agents(),
                "proffer.agent.hostname=" + node,
                "proffer.agent.pool=general",
                "proffer.agent.ip=10.0.0.7"));

        await().atMost(PATIENCE).until(() -> !holder.offers().isEmpty());
        var offer = holder.offers().getFirst();
        assertThat(offer.getAttributesList()).singleElement().satisfies(rack -> {
            assertThat(rack.getName()).isEqualTo("rack");
            assertThat(rack.getText().getValue()).isEqualTo("7");
        });
        assertThat(offer.getDomain().getFaultDomain().getZone().getName()).isEqualTo("eu-1");
        assertThat(offer.getUrl().getAddress().getIp()).isEqualTo("10.0.0.7");

        label("rack=8");
        await().atMost(PATIENCE).until(() -> holder.attribute("rack").equals(Optional.of("8")));
        assertThat(holder.rescinded()).contains(offer.getId());

        pool("[rack, disk]");
        label("disk=ssd");
        await().atMost(PATIENCE).until(() -> holder.attribute("disk").equals(Optional.of("ssd")));
        await().atMost(PATIENCE)
                .until(() -> status().filter(status -> status.attributes().size() == 2)
                        .isPresent());
        assertThat(status().orElseThrow().pool()).isEqualTo("general");
        assertThat(status().orElseThrow().zone()).isEqualTo("eu-1");

        int before = holder.offers().size();
        first.close();
        label("rack=9");
        master("second");

        await().atMost(PATIENCE).until(() -> holder.attribute("rack").equals(Optional.of("9")));
        assertThat(holder.offers().subList(before, holder.offers().size()))
                .allSatisfy(later -> assertThat(later.getAttributesCount()).isEqualTo(2));

        label(REGION + "=us");
        await().atMost(PATIENCE)
                .until(() ->
                        status().filter(status -> "us".equals(status.region())).isPresent());
        assertThat(holder.offers()
                        .getLast()
                        .getDomain()
                        .getFaultDomain()
                        .getRegion()
                        .getName())
                .as("it is no framework that is aware of regions")
                .isEqualTo("eu");
    }
}
