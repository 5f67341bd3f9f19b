package dev.proffer.testing.kubernetes.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.programs.Built;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code kubectl apply -k} installs. */
class InstallIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.ofItsOwn();

    /** Definitions are deleted once in this class: of one that comes and goes often, the API server takes its time to let go. */
    @Test
    void overlaysAndExamplesAreAcceptedWholeAndGoWhole() {
        Install.into(kubernetes);
        kubernetes.kubectl().get("create", "namespace", "team-a");
        var examples = Built.file("manifests/examples");
        kubernetes.kubectl().apply(examples).expectSuccess();
        assertThat(kubernetes.kubectl().run("diff", "-f", examples.toString()).out())
                .as("what is stored is what was applied")
                .isEmpty();
        kubernetes.kubectl().get("delete", "-f", examples.toString());

        kubernetes
                .kubectl()
                .applyKustomization(Built.file("kustomize/overlays/dev"))
                .expectSuccess();
        kubernetes
                .kubectl()
                .get("delete", "-k", Built.file("kustomize/overlays/default").toString(), "--timeout=110s");
        assertThat(kubernetes.kubectl().get("get", "crd,clusterrole,clusterrolebinding,namespace", "-o", "name"))
                .doesNotContain("proffer.dev", "/proffer");
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
}
