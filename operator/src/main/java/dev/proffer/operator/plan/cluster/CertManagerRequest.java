package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.cluster.IssuerReference;
import dev.proffer.crds.cluster.ProfferCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;

/** Asks cert-manager for the masters' certificate. It keeps it in the Secret that they mount, and renews it. */
public final class CertManagerRequest {
    private CertManagerRequest() {}

    public static HasMetadata of(ProfferCluster cluster, IssuerReference issuer) {
        var request = new GenericKubernetesResource();
        request.setApiVersion("cert-manager.io/v1");
        request.setKind("Certificate");
        request.setMetadata(ClusterNames.meta(cluster, ClusterNames.CERTIFICATE, ClusterNames.MASTER_COMPONENT));
        request.setAdditionalProperty(
                "spec",
                Map.of(
                        "secretName",
                        ClusterNames.CERTIFICATE,
                        "dnsNames",
                        List.copyOf(CertificateHosts.of(cluster)),
                        "privateKey",
                        Map.of("algorithm", "ECDSA", "encoding", "PKCS8", "rotationPolicy", "Always"),
                        "usages",
                        List.of("server auth", "digital signature"),
                        "issuerRef",
                        Map.of(
                                "name", issuer.name(),
                                "kind", issuer.kind().name(),
                                "group", "cert-manager.io")));
        return request;
    }
}
