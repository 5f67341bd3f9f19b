package dev.proffer.cli.master;

import dev.proffer.cli.CliException;
import dev.proffer.crds.cluster.ProfferCluster;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/**
 * A short-lived token with which the master lets the caller look. Who may have one is decided, and logged, by the API
 * server: the right to create tokens of one ServiceAccount.
 */
final class ViewerToken {
    static final String SERVICE_ACCOUNT = "proffer-viewer";
    private static final long SECONDS = 600;

    private ViewerToken() {}

    static String request(KubernetesClient kubernetes, ProfferCluster cluster) {
        var namespace = cluster.getMetadata().getNamespace();
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(audience(cluster))
                .withExpirationSeconds(SECONDS)
                .endSpec()
                .build();
        try {
            return kubernetes
                    .serviceAccounts()
                    .inNamespace(namespace)
                    .withName(SERVICE_ACCOUNT)
                    .tokenRequest(request)
                    .getStatus()
                    .getToken();
        } catch (KubernetesClientException refused) {
            throw switch (refused.getCode()) {
                case HttpURLConnection.HTTP_FORBIDDEN ->
                    new CliException(
                            "you may not look into the master: that needs the right to create tokens of ServiceAccount "
                                    + SERVICE_ACCOUNT + " in namespace " + namespace
                                    + " (Role proffer-viewer); or pass --token-file",
                            refused);
                case HttpURLConnection.HTTP_NOT_FOUND ->
                    new CliException(
                            "there is no ServiceAccount " + SERVICE_ACCOUNT + " in namespace " + namespace
                                    + ": does the operator run? Or pass --token-file",
                            refused);
                default -> refused;
            };
        }
    }

    private static String audience(ProfferCluster cluster) {
        var chosen = cluster.getSpec().security().tokenAudience();
        var metadata = cluster.getMetadata();
        return chosen == null ? "proffer.dev/" + metadata.getNamespace() + "/" + metadata.getName() : chosen;
    }
}
