package dev.proffer.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKubernetesTest {
    @TempDir
    Path folder;

    @Test
    void objectsAndTheirUidsSurviveARestart() throws IOException {
        var first = inCluster(client -> create(client, "leader"));
        var second = inCluster(client -> leases(client).withName("leader").get());
        assertThat(second.getMetadata().getUid()).isEqualTo(first.getMetadata().getUid());
        assertThat(second.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
        assertThat(second.getSpec().getHolderIdentity()).isEqualTo("a");
    }

    @Test
    void anUpdateAfterARestartChecksTheResourceVersion() throws IOException {
        var stale = inCluster(client -> create(client, "leader"));
        inCluster(client -> leases(client).withName("leader").edit(lease -> holder(lease, "b")));
        assertThatThrownBy(() -> inCluster(
                        client -> leases(client).resource(holder(stale, "c")).update()))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409));
    }

    @Test
    void deletedObjectsStayDeleted() throws IOException {
        inCluster(client -> create(client, "leader"));
        inCluster(client -> leases(client).withName("leader").delete());
        List<Lease> left = inCluster(client -> leases(client).list().getItems());
        assertThat(left).isEmpty();
    }

    @Test
    void resourceVersionsOnlyGrowAcrossRestarts() throws IOException {
        var first = inCluster(client -> create(client, "leader"));
        inCluster(client -> leases(client).withName("leader").delete());
        var second = inCluster(client -> create(client, "leader"));
        assertThat(version(second)).isGreaterThan(version(first));
    }

    private static long version(Lease lease) {
        return Long.parseLong(lease.getMetadata().getResourceVersion());
    }

    private <T> T inCluster(Function<KubernetesClient, T> action) throws IOException {
        try (var kubernetes = EmbeddedKubernetes.start(folder.resolve("objects.json"));
                var client = new KubernetesClientBuilder()
                        .withConfig(kubernetes.clientConfig())
                        .build()) {
            return action.apply(client);
        }
    }

    private static NonNamespaceOperation<Lease, LeaseList, Resource<Lease>> leases(KubernetesClient client) {
        return client.leases().inNamespace("proffer");
    }

    private static Lease create(KubernetesClient client, String name) {
        return leases(client)
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("a")
                        .endSpec()
                        .build())
                .create();
    }

    private static Lease holder(Lease lease, String holder) {
        return lease.edit().editSpec().withHolderIdentity(holder).endSpec().build();
    }
}
