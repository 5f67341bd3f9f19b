package dev.proffer.testing.nodes;

import dev.proffer.testing.kubernetes.Access;
import dev.proffer.testing.kubernetes.ApiServer;
import dev.proffer.testing.kubernetes.Kubectl;
import dev.proffer.testing.kubernetes.TestKubernetes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * A Kubernetes with three nodes for a test class, and for each test a namespace of its own:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final NodeCluster cluster = NodeCluster.shared();
 * }</pre>
 *
 * <p>Such a class has the tag {@code nodes}, by which {@code make e2e} finds it. All classes of a JVM use the same. What a test breaks of it is mended after the test. Of a test that fails, {@link #collect
 * what is known} is in {@code target/e2e}. Where the machine cannot carry nodes, the class is skipped and says why.
 */
public final class NodeCluster
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback,
                LifecycleMethodExecutionExceptionHandler,
                TestExecutionExceptionHandler {
    private static final int NODES = 3;
    private static final Path EVIDENCE = Path.of("target", "e2e");

    private final TestKubernetes kubernetes;
    private @Nullable MachineCluster started;

    private NodeCluster() {
        this.kubernetes = TestKubernetes.sharing(MachineCluster.class, () -> MachineCluster.start(NODES));
    }

    /** The one that all classes of this JVM use. */
    public static NodeCluster shared() {
        return new NodeCluster();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        var complaint = new Prerequisites(System.getenv()).complaint();
        Assumptions.assumeTrue(complaint.isEmpty(), () -> complaint.orElse(""));
        kubernetes.beforeAll(context);
        started = (MachineCluster) kubernetes.cluster();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        kubernetes.beforeEach(context);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        cluster().restore();
        kubernetes.afterEach(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (started != null) {
            kubernetes.afterAll(context);
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw collected(context, failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw collected(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw collected(context, failure);
    }

    private Throwable collected(ExtensionContext context, Throwable failure) {
        var name = context.getRequiredTestClass().getSimpleName()
                + context.getTestMethod().map(method -> "." + method.getName()).orElse("");
        try {
            if (started != null) {
                collect(EVIDENCE.resolve(name));
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    /** Clients, proxies, tokens and files, as of a Kubernetes without nodes. Its API server is {@link #apiServer}. */
    public TestKubernetes kubernetes() {
        return kubernetes;
    }

    /** The namespace of the test that runs. */
    public String namespace() {
        return kubernetes.namespace();
    }

    /** A client that may do everything, in the test's namespace where none is named. */
    public KubernetesClient admin() {
        return kubernetes.admin();
    }

    /** How the administrator reaches it. */
    public Access access() {
        return kubernetes.access();
    }

    /** {@code kubectl} as the administrator. */
    public Kubectl kubectl() {
        return kubernetes.kubectl();
    }

    /** To stop and start it. */
    public ApiServer apiServer() {
        return cluster().server();
    }

    /** The first is number 1. */
    public Node node(int number) {
        return nodes().get(number - 1);
    }

    public List<Node> nodes() {
        return cluster().nodes();
    }

    /** Brings images to all nodes: each archive as {@code docker save} writes them. */
    public void importImages(Path... archives) {
        cluster().importImages(List.of(archives));
    }

    /** Writes all that is known of the cluster into a folder: its objects, its events, the output of its programs and pods. */
    public void collect(Path folder) {
        new Evidence(
                        cluster(),
                        new Kubectl(
                                cluster().kubectl(),
                                kubernetes.kubeconfig(cluster().access()),
                                cluster().folder()))
                .write(folder);
    }

    private MachineCluster cluster() {
        return Objects.requireNonNull(started, "only within a test class, with @RegisterExtension static");
    }
}
