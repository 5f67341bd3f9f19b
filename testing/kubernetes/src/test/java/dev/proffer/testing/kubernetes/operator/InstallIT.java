package dev.proffer.testing.kubernetes.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.programs.Built;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kubectl apply -k} installs. */
class InstallIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.ofItsOwn();

    @ParameterizedTest
    @ValueSource(strings = {"default", "dev"})
    void anOverlayIsAcceptedWholeAndGoesWhole(String overlay) {
        var folder = Built.file("kustomize/overlays/" + overlay).toString();
        kubernetes.kubectl().run("apply", "-k", folder).expectSuccess();
        assertThat(kubernetes.kubectl().run("diff", "-k", folder).out())
                .as("what is stored is what was applied")
                .isEmpty();
        kubernetes.kubectl().get("delete", "-k", folder, "--timeout=90s");
        assertThat(kubernetes.kubectl().get("get", "crd,clusterrole,clusterrolebinding", "-o", "name"))
                .doesNotContain("proffer");
    }

    @Test
    void theFileForThoseWithoutACheckoutIsFresh() throws Exception {
        var written = Files.readString(Built.file("manifests/install.yaml"));
        assertThat(written.substring(written.indexOf('\n') + 1))
                .as("run `make generate`")
                .isEqualTo(kubernetes
                        .kubectl()
                        .get(
                                "kustomize",
                                Built.file("kustomize/overlays/default").toString()));
    }

    @Test
    void everyExampleIsAccepted() {
        Install.into(kubernetes);
        kubernetes.kubectl().run("create", "namespace", "team-a");
        kubernetes.kubectl().apply(Built.file("manifests/examples")).expectSuccess();
        kubernetes
                .kubectl()
                .get("delete", "-f", Built.file("manifests/examples").toString());
        kubernetes
                .kubectl()
                .get("delete", "-k", Built.file("kustomize/overlays/default").toString(), "--timeout=90s");
    }
}
