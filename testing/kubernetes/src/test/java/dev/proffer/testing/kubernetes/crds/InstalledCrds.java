package dev.proffer.testing.kubernetes.crds;

import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.programs.Built;
import java.nio.file.Path;
import java.util.List;

/** Our custom resource definitions, on the API server of a test. */
public final class InstalledCrds {
    /** All kinds. */
    public static final List<String> KINDS =
            List.of("Agent", "Framework", "ProfferCluster", "Quota", "Reservation", "Role");

    public static final String API_VERSION = "proffer.dev/v1alpha1";

    private InstalledCrds() {}

    /** As users install them, with a plain {@code kubectl apply}. Once more does no harm. */
    public static void on(TestKubernetes kubernetes) {
        var kubectl = kubernetes.kubectl();
        kubectl.apply(files()).expectSuccess();
        kubectl.get("wait", "--for=condition=Established", "--timeout=60s", "-f", files().toString());
    }

    /** The folder of their files. */
    public static Path files() {
        return Built.file("kustomize/base/crds");
    }
}
