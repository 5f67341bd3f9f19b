package dev.proffer.testing.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Kubernetes API server for a test class, and for each test a namespace of its own:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestKubernetes kubernetes = TestKubernetes.shared();
 * }</pre>
 *
 * <p>Clients, proxies and files that a test gets here end with the test.
 */
public final class TestKubernetes
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(TestKubernetes.class);
    private static final int LONGEST_NAME = 50;

    private final boolean shared;
    private final Function<ExtensionContext, Optional<? extends RunningCluster>> source;
    private final Deque<AutoCloseable> ofTheTest = new ArrayDeque<>();
    private @Nullable RunningCluster cluster;
    private @Nullable KubernetesClient admin;
    private @Nullable String namespace;

    private TestKubernetes(boolean shared, Function<ExtensionContext, Optional<? extends RunningCluster>> source) {
        this.shared = shared;
        this.source = source;
    }

    /** The one that all classes of this JVM use. */
    public static TestKubernetes shared() {
        return sharing(RunningCluster.class, () -> Clusters.ofThisMachine().open());
    }

    /** The one of that type that all classes of this JVM use, started by the first of them. */
    public static <C extends RunningCluster> TestKubernetes sharing(Class<C> type, Supplier<C> start) {
        return new TestKubernetes(
                true,
                context ->
                        Optional.of(context.getRoot().getStore(STORE).computeIfAbsent(type, any -> start.get(), type)));
    }

    /** One for this class alone, which may be stopped and started. {@code flags} are for kube-apiserver. */
    public static TestKubernetes ofItsOwn(String... flags) {
        return new TestKubernetes(false, context -> Clusters.ofThisMachine().openServer(List.of(flags)));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster = source.apply(context).orElse(null);
        Assumptions.assumeTrue(cluster != null, "a given cluster cannot be stopped: run `make kubernetes`");
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        var name = nameFor(context);
        var client = client(access().inNamespace(name));
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        admin = client;
        namespace = name;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (shared && namespace != null) {
            // Nobody waits for its end; a server of one's own ends with it.
            admin().namespaces().withName(namespace).delete();
        }
        while (!ofTheTest.isEmpty()) {
            ofTheTest.pop().close();
        }
        admin = null;
        namespace = null;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!shared && cluster != null) {
            cluster.close();
        }
        cluster = null;
    }

    /** The namespace of the test that runs. */
    public String namespace() {
        return Objects.requireNonNull(namespace, "only within a test");
    }

    /** A client that may do everything, in the test's namespace where none is named. */
    public KubernetesClient admin() {
        return Objects.requireNonNull(admin, "only within a test");
    }

    /** How the administrator reaches it: where access under other identities or through a proxy starts from. */
    public Access access() {
        var administrator = cluster().access();
        return namespace == null ? administrator : administrator.inNamespace(namespace);
    }

    /** A client with that access. */
    public KubernetesClient client(Access access) {
        var client =
                new KubernetesClientBuilder().withConfig(access.clientConfig()).build();
        ofTheTest.push(client);
        return client;
    }

    /** {@code kubectl} as the administrator. */
    public Kubectl kubectl() {
        return kubectl(access());
    }

    public Kubectl kubectl(Access access) {
        return new Kubectl(cluster().kubectl(), kubeconfig(access), cluster().folder());
    }

    /** A kubeconfig file with that access, for a program. */
    public Path kubeconfig(Access access) {
        try {
            var file = Files.createTempFile(cluster().folder(), "access", ".kubeconfig");
            Files.writeString(file, access.kubeconfig());
            ofTheTest.push(() -> Files.deleteIfExists(file));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A proxy before the API server; go through it by {@link Access#through}. */
    public TcpProxy proxy() {
        var proxy = TcpProxy.before(cluster().access().server());
        ofTheTest.push(proxy);
        return proxy;
    }

    /** Tokens of service accounts. */
    public ServiceAccountTokens tokens() {
        return new ServiceAccountTokens(admin());
    }

    /** To stop and start it. Only of {@link #ofItsOwn}. */
    public ApiServer server() {
        if (!shared && cluster instanceof ApiServer server) {
            return server;
        }
        throw new IllegalStateException("others use this API server: TestKubernetes.ofItsOwn() makes another");
    }

    /** What the tests of this class run against. */
    public RunningCluster cluster() {
        return Objects.requireNonNull(cluster, "only within a test class, with @RegisterExtension static");
    }

    /** Says whose it is, and is new. */
    private static String nameFor(ExtensionContext context) {
        var words = context.getRequiredTestClass().getSimpleName() + "-"
                + context.getRequiredTestMethod().getName();
        var name = words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "");
        var unique = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "-" + unique;
    }
}
