package dev.proffer.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An API server that fails, for all of its clients or for one. */
class FaultsIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.ofItsOwn();

    @Test
    void aStoppedServerIsGoneForAllAndKeepsWhatItStored() {
        store("kept");
        kubernetes.server().stop();
        assertThatThrownBy(() -> read(kubernetes.admin(), "kept")).isInstanceOf(KubernetesClientException.class);
        kubernetes.server().start();
        assertThat(read(kubernetes.admin(), "kept")).isEqualTo("kept");
    }

    @Test
    void aProxyThatIsCutTakesOneClientAway() {
        store("seen");
        var proxy = kubernetes.proxy();
        var behind = kubernetes.client(kubernetes.access().through(proxy));
        assertThat(read(behind, "seen")).isEqualTo("seen");
        proxy.cut();
        assertThatThrownBy(() -> read(behind, "seen")).isInstanceOf(KubernetesClientException.class);
        assertThat(read(kubernetes.admin(), "seen")).isEqualTo("seen");
        proxy.mend();
        assertThat(read(behind, "seen")).isEqualTo("seen");
    }

    @Test
    void aSilentProxyHoldsWhatItGotUntilItIsMended() {
        store("seen");
        var proxy = kubernetes.proxy();
        var behind = kubernetes.client(kubernetes.access().through(proxy));
        assertThat(read(behind, "seen")).isEqualTo("seen");
        proxy.silence();
        var answer = CompletableFuture.supplyAsync(() -> read(behind, "seen"));
        await().during(Duration.ofMillis(500)).until(() -> !answer.isDone());
        proxy.mend();
        assertThat(answer.join()).isEqualTo("seen");
    }

    @Test
    void aSlowProxyDelaysEachPiece() {
        store("seen");
        var proxy = kubernetes.proxy();
        var behind = kubernetes.client(kubernetes.access().through(proxy));
        read(behind, "seen");
        proxy.slow(Duration.ofMillis(200));
        long start = System.nanoTime();
        read(behind, "seen");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
    }

    private static void store(String name) {
        kubernetes
                .admin()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private static String read(KubernetesClient client, String name) {
        return client.configMaps().withName(name).get().getMetadata().getName();
    }
}
