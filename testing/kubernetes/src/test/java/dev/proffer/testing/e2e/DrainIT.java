package dev.proffer.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.protocol.v1.TaskState;
import dev.proffer.sdk.TaskSpec;
import dev.proffer.testing.nodes.NodeCluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Nodes are taken out of service and come back. */
@Tag("nodes")
class DrainIT {
    @RegisterExtension
    @Order(1)
    static final NodeCluster cluster = NodeCluster.shared();

    @RegisterExtension
    @Order(2)
    static final InstalledProffer proffer = new InstalledProffer(cluster);

    private static final String NODE = "node-3";

    @TempDir
    Path folder;

    @Test
    void aCordonedNodeIsNotOfferedAndItsTasksRunOn() throws Exception {
        try (var workload = Workload.start(cluster, proffer, "cordon", 1, folder)) {
            workload.launchOn(NODE, task("stays"));
            workload.awaitRunning(List.of("stays"));
            proffer.admin().get("cordon", NODE);
            try {
                await("inverse offers")
                        .atMost(InstalledProffer.PATIENCE)
                        .until(() -> !workload.inverseOffers().isEmpty());
                long since = System.nanoTime();
                int others = workload.offered().size();
                await("offers of the others")
                        .atMost(InstalledProffer.PATIENCE)
                        .until(() -> workload.offered().size() > others + 6);
                assertThat(workload.offered())
                        .noneMatch(offer -> offer.at() > since && offer.host().equals(NODE));
                assertThat(workload.isRunning("stays")).isTrue();
            } finally {
                proffer.admin().get("uncordon", NODE);
            }
            awaitOffers(workload);
        }
    }

    @Test
    void aDrainedNodesTasksEndInTimeAndItComesBack() throws Exception {
        try (var workload = Workload.start(cluster, proffer, "drain", 1, folder)) {
            workload.launchOn(NODE, task("moves"));
            workload.awaitRunning(List.of("moves"));
            proffer.cli("drain", NODE, "--after=5s");
            try {
                assertThat(workload.awaitEnd("moves").getState())
                        .isIn(TaskState.TASK_KILLED, TaskState.TASK_GONE_BY_OPERATOR);
                InstalledProffer.awaiting("drained")
                        .until(() ->
                                proffer.get("pagent/" + NODE, "{.status.state}").equals("Drained"));
            } finally {
                proffer.cli("undrain", NODE);
            }
            awaitOffers(workload);
        }
    }

    /** Deleting a holder gives the node's capacity back: tasks end with it. */
    @Test
    void aHolderThatIsDeletedTakesItsTasksAndTheNextBringsCapacityBack() throws Exception {
        try (var workload = Workload.start(cluster, proffer, "holder", 1, folder)) {
            workload.launchOn(NODE, task("held"));
            workload.awaitRunning(List.of("held"));
            proffer.kubectl(
                    "delete",
                    "pod",
                    "--selector=app.kubernetes.io/component=holder",
                    "--field-selector=spec.nodeName=" + NODE);
            workload.awaitEnd("held");
            workload.launchOn(NODE, task("again"));
            workload.awaitRunning(List.of("again"));
        }
    }

    private static void awaitOffers(Workload workload) {
        long since = System.nanoTime();
        await("offers of the node")
                .atMost(InstalledProffer.PATIENCE)
                .until(() -> workload.offered().stream()
                        .anyMatch(offer -> offer.at() > since && offer.host().equals(NODE)));
    }

    private static TaskSpec task(String name) {
        return TaskSpec.shell(name, "sleep 1200").cpus(0.1).mem(32);
    }
}
