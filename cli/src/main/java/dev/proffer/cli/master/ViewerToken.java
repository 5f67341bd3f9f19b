package dev.proffer.cli.master;

import dev.proffer.cli.CliException;
import dev.proffer.crds.access.ClusterAccess;
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
    private static final long SECONDS = 600;

    private ViewerToken() {}

    static String request(KubernetesClient kubernetes, ProfferCluster cluster) {
        var namespace = cluster.getMetadata().getNamespace();
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(ClusterAccess.audience(cluster))
                .withExpirationSeconds(SECONDS)
                .endSpec()
                .build();
        try {
            return kubernetes
                    .serviceAccounts()
                    .inNamespace(namespace)
                    .withName(ClusterAccess.VIEWER)
                    .tokenRequest(request)
                    .getStatus()
                    .getToken();
        } catch (KubernetesClientException refused) {
            throw switch (refused.getCode()) {
                case HttpURLConnection.HTTP_FORBIDDEN ->
                    new CliException(
                            "you may not look into the master: that needs the right to create tokens of ServiceAccount "
                                    + ClusterAccess.VIEWER + " in namespace " + namespace
                                    + " (Role proffer-viewer); or pass --token-file",
                            refused);
                case HttpURLConnection.HTTP_NOT_FOUND ->
                    new CliException(
                            "there is no ServiceAccount " + ClusterAccess.VIEWER + " in namespace " + namespace
                                    + ": does the operator run? Or pass --token-file",
                            refused);
                default -> refused;
            };
        }
    }
}
