package dev.proffer.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A namespace for each test, identities, and the real {@code kubectl}. */
class TestKubernetesIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.shared();

    private static final String CONFIG_MAP = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
            data:
              colour: %s
            """;

    @Test
    void eachTestHasANamespaceOfItsOwn() {
        assertThat(kubernetes.namespace()).startsWith("testkubernetesit-eachtesthasanamespace");
        assertThat(kubernetes.admin().getNamespace()).isEqualTo(kubernetes.namespace());
        assertThat(kubernetes.kubectl().get("get", "configmaps")).doesNotContain("settings");
    }

    @Test
    void kubectlAppliesTextFilesAndKustomizations(@TempDir Path folder) throws Exception {
        var kubectl = kubernetes.kubectl();
        assertThat(kubectl.apply(CONFIG_MAP.formatted("red")).expectSuccess()).contains("configmap/settings created");

        Files.writeString(folder.resolve("settings.yaml"), CONFIG_MAP.formatted("green"));
        kubectl.apply(folder).expectSuccess();
        assertThat(colour()).isEqualTo("green");

        Files.writeString(folder.resolve("kustomization.yaml"), "resources: [settings.yaml]\nnamePrefix: my-\n");
        kubectl.applyKustomization(folder).expectSuccess();
        assertThat(kubectl.get("get", "configmap", "my-settings", "-o", "jsonpath={.data.colour}"))
                .isEqualTo("green");
    }

    @Test
    void twoManagersOfOneFieldConflict() {
        var kubectl = kubernetes.kubectl();
        kubectl.applyServerSide(CONFIG_MAP.formatted("red"), "one").expectSuccess();
        assertThat(kubectl.applyServerSide(CONFIG_MAP.formatted("green"), "two").expectFailure())
                .contains("conflict with \"one\": .data.colour");
    }

    @Test
    void anotherUserMayOnlyWhatRbacSays() {
        var alice = kubernetes.access().as("alice", "tenants");
        var settings = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .endMetadata()
                .build();
        assertThatThrownBy(() -> kubernetes.client(alice).resource(settings).create())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN));
        kubernetes
                .kubectl()
                .run("create", "rolebinding", "tenants", "--clusterrole=edit", "--group=tenants")
                .expectSuccess();
        await().ignoreExceptions()
                .untilAsserted(() -> kubernetes.client(alice).resource(settings).serverSideApply());
        assertThat(kubernetes.kubectl(alice).run("get", "nodes").expectFailure())
                .contains("User \"alice\" cannot list resource \"nodes\"");
        assertThatThrownBy(() -> kubernetes
                        .client(kubernetes.access().anonymous())
                        .configMaps()
                        .list())
                .hasMessageContaining("User \"system:anonymous\" cannot list resource \"configmaps\"");
    }

    @Test
    void aDeletedNamespaceIsEmptied() {
        kubernetes.kubectl().apply(CONFIG_MAP.formatted("red")).expectSuccess();
        kubernetes.admin().namespaces().withName(kubernetes.namespace()).delete();
        await().until(() ->
                kubernetes.admin().namespaces().withName(kubernetes.namespace()).get() == null);
    }

    private String colour() {
        return kubernetes.kubectl().get("get", "configmap", "settings", "-o", "jsonpath={.data.colour}");
    }
}
