package dev.proffer.testing.kubernetes;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * How an API server is reached: where, as whom, and in which namespace if none is named. A value; each method makes another.
 */
public final class Access {
    private static final String NAME = "test";

    /** A test wants to see a failure soon, not after a minute of retries. */
    private static final int RETRIES = 2;

    private final Cluster cluster;
    private final AuthInfo user;
    private final String namespace;

    private Access(Cluster cluster, AuthInfo user, String namespace) {
        this.cluster = cluster;
        this.user = user;
        this.namespace = namespace;
    }

    /** To a server by a token. {@code authorities} are the PEM certificates that its own is signed by. */
    static Access byToken(URI server, String authorities, String token) {
        var cluster = new ClusterBuilder()
                .withServer(server.toString())
                .withCertificateAuthorityData(
                        Base64.getEncoder().encodeToString(authorities.getBytes(StandardCharsets.UTF_8)))
                .build();
        return new Access(cluster, new AuthInfoBuilder().withToken(token).build(), "default");
    }

    /** What the current context of a kubeconfig says. */
    static Access ofKubeconfig(String kubeconfig) {
        var parsed = Serialization.unmarshal(kubeconfig, io.fabric8.kubernetes.api.model.Config.class);
        var context = parsed.getContexts().stream()
                .filter(candidate -> candidate.getName().equals(parsed.getCurrentContext()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the kubeconfig has no current-context"))
                .getContext();
        var cluster = parsed.getClusters().stream()
                .filter(candidate -> candidate.getName().equals(context.getCluster()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the kubeconfig lacks cluster " + context.getCluster()))
                .getCluster();
        var user = parsed.getUsers().stream()
                .filter(candidate -> candidate.getName().equals(context.getUser()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the kubeconfig lacks user " + context.getUser()))
                .getUser();
        return new Access(cluster, user, Objects.requireNonNullElse(context.getNamespace(), "default"));
    }

    /** As another user, whom this one may impersonate. {@code system:authenticated} is added by the API server. */
    public Access as(String name, String... groups) {
        var impersonating =
                new AuthInfoBuilder(user).withAs(name).withAsGroups(groups).build();
        return new Access(cluster, impersonating, namespace);
    }

    /** As a service account, by impersonation. What it does with a real token, see {@link #withToken}. */
    public Access asServiceAccount(String accountNamespace, String name) {
        return as(
                "system:serviceaccount:" + accountNamespace + ":" + name,
                "system:serviceaccounts",
                "system:serviceaccounts:" + accountNamespace,
                "system:authenticated");
    }

    /** As whoever that token names. */
    public Access withToken(String token) {
        return new Access(cluster, new AuthInfoBuilder().withToken(token).build(), namespace);
    }

    /** Without any credentials. */
    public Access anonymous() {
        return new Access(cluster, new AuthInfo(), namespace);
    }

    public Access inNamespace(String other) {
        return new Access(cluster, user, other);
    }

    /** By way of a proxy, which can be made to fail. */
    public Access through(TcpProxy proxy) {
        var proxied = new ClusterBuilder(cluster).withServer("https://127.0.0.1:" + proxy.port());
        if (!server().getHost().equals("127.0.0.1")) {
            // Its certificate names another host.
            proxied.withInsecureSkipTlsVerify(true)
                    .withCertificateAuthority(null)
                    .withCertificateAuthorityData(null);
        }
        return new Access(proxied.build(), user, namespace);
    }

    public URI server() {
        return URI.create(cluster.getServer());
    }

    public String namespace() {
        return namespace;
    }

    /** The text of a kubeconfig. */
    public String kubeconfig() {
        var context = new Context();
        context.setCluster(NAME);
        context.setUser(NAME);
        context.setNamespace(namespace);
        return Serialization.asYaml(new ConfigBuilder()
                .withApiVersion("v1")
                .withKind("Config")
                .withClusters(new NamedCluster(cluster, NAME))
                .withUsers(new NamedAuthInfo(NAME, user))
                .withContexts(new NamedContext(context, NAME))
                .withCurrentContext(NAME)
                .build());
    }

    /** For a Fabric8 client. */
    public Config clientConfig() {
        var config = Config.fromKubeconfig(kubeconfig());
        config.setRequestRetryBackoffLimit(RETRIES);
        if (user.getAs() != null) {
            config.setImpersonateUsername(user.getAs());
            config.setImpersonateGroups(user.getAsGroups().toArray(String[]::new));
        }
        return config;
    }
}
