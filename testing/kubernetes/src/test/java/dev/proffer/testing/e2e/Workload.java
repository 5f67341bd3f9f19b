package dev.proffer.testing.e2e;

import static org.awaitility.Awaitility.await;

import dev.proffer.protocol.v1.InverseOffer;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.sdk.Master;
import dev.proffer.sdk.OfferUse;
import dev.proffer.sdk.PodEnvironment;
import dev.proffer.sdk.Scheduler;
import dev.proffer.sdk.Subscription;
import dev.proffer.sdk.TaskSpec;
import dev.proffer.sdk.driver.SchedulerDriver;
import dev.proffer.testing.nodes.NodeCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A framework of a tenant's, in this process: launches what it is told to, wherever it is told to, and remembers what it hears. */
final class Workload implements Scheduler, AutoCloseable {
    static final Set<TaskState> TERMINAL = EnumSet.of(
            TaskState.TASK_FINISHED,
            TaskState.TASK_FAILED,
            TaskState.TASK_KILLED,
            TaskState.TASK_ERROR,
            TaskState.TASK_LOST,
            TaskState.TASK_DROPPED,
            TaskState.TASK_GONE,
            TaskState.TASK_GONE_BY_OPERATOR);

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String ANYWHERE = "";

    private final ConcurrentLinkedQueue<Wanted> wanted = new ConcurrentLinkedQueue<>();
    private final Map<String, List<TaskStatus>> updates = new ConcurrentHashMap<>();
    private final List<Offered> offered = new CopyOnWriteArrayList<>();
    private final List<InverseOffer> inverse = new CopyOnWriteArrayList<>();
    private final List<Long> subscriptions = new CopyOnWriteArrayList<>();
    private final SchedulerDriver driver;
    private final Thread running;

    private record Wanted(String host, TaskSpec task) {}

    /** An offer came. A reading of {@link System#nanoTime}. */
    record Offered(String host, double cpus, long at) {}

    private Workload(PodEnvironment environment, String name) {
        var config = environment.configure(name).withFailoverTimeout(Duration.ofMinutes(10));
        this.driver = new SchedulerDriver(this, config);
        this.running = Thread.ofVirtual().start(driver::run);
    }

    /**
     * Declares a Framework in the test's namespace, grants it a role of its own, and runs it.
     *
     * @param role a top-level role, to be unlike others' of the same test
     */
    static Workload start(NodeCluster cluster, InstalledProffer proffer, String role, int weight, Path folder)
            throws IOException {
        cluster.kubernetes().tokens().createAccount(role);
        cluster.kubectl()
                .apply("""
                apiVersion: proffer.dev/v1alpha1
                kind: Role
                metadata: {name: %1$s, namespace: proffer}
                spec:
                  path: %1$s
                  weight: %2$d
                  allowedSubjects: [{kind: ServiceAccount, namespace: %3$s, name: %1$s}]
                ---
                apiVersion: proffer.dev/v1alpha1
                kind: Framework
                metadata: {name: %1$s, namespace: %3$s}
                spec:
                  cluster: {name: main, namespace: proffer}
                  roles: [%1$s]
                """.formatted(role, weight, cluster.namespace()))
                .expectSuccess();
        return new Workload(environment(cluster, proffer, role, folder), role);
    }

    static PodEnvironment environment(NodeCluster cluster, InstalledProffer proffer, String role, Path folder)
            throws IOException {
        var token = Files.writeString(
                folder.resolve(role + ".token"), cluster.kubernetes().tokens().issue(role, "proffer.dev/proffer/main"));
        var trust =
                Files.writeString(folder.resolve("ca.crt"), proffer.get("configmap/proffer-trust", "{.data.ca\\.crt}"));
        return PodEnvironment.of(Map.of(
                "PROFFER_MASTER", proffer.master(),
                "PROFFER_CA_FILE", trust.toString(),
                "PROFFER_TOKEN_FILE", token.toString(),
                "PROFFER_ROLES", role));
    }

    void launch(TaskSpec task) {
        launchOn(ANYWHERE, task);
    }

    void launchOn(String host, TaskSpec task) {
        wanted.add(new Wanted(host, task));
        driver.master().revive();
    }

    void kill(String task) {
        driver.master().kill(TaskID.newBuilder().setValue(task).build());
    }

    /** The state that was heard of last. */
    Optional<TaskState> state(String task) {
        var heard = updates(task);
        return heard.isEmpty() ? Optional.empty() : Optional.of(heard.getLast().getState());
    }

    TaskStatus awaitEnd(String task) {
        await(task)
                .atMost(InstalledProffer.PATIENCE)
                .until(() -> state(task).filter(TERMINAL::contains).isPresent());
        return updates(task).getLast();
    }

    void awaitRunning(Collection<String> tasks) {
        await("running")
                .atMost(InstalledProffer.PATIENCE)
                .until(() -> tasks.stream().allMatch(this::isRunning));
    }

    boolean isRunning(String task) {
        return state(task).filter(TaskState.TASK_RUNNING::equals).isPresent();
    }

    /** How many tasks run now. */
    long running() {
        return updates.keySet().stream().filter(this::isRunning).count();
    }

    List<TaskStatus> updates(String task) {
        return updates.getOrDefault(task, List.of());
    }

    List<Offered> offered() {
        return offered;
    }

    List<InverseOffer> inverseOffers() {
        return inverse;
    }

    int subscriptions() {
        return subscriptions.size();
    }

    @Override
    public void onSubscribed(Master master, Subscription subscription) {
        subscriptions.add(System.nanoTime());
    }

    @Override
    public void onOffers(Master master, List<Offer> offers) {
        for (var offer : offers) {
            var use = OfferUse.of(offer).refuseRestFor(SOON);
            offered.add(new Offered(offer.getHostname(), use.left("cpus"), System.nanoTime()));
            wanted.removeIf(each ->
                    (each.host.equals(ANYWHERE) || each.host.equals(offer.getHostname())) && use.launch(each.task));
            master.accept(use);
        }
    }

    @Override
    public void onUpdate(Master master, TaskStatus status) {
        updates.computeIfAbsent(status.getTaskId().getValue(), task -> new CopyOnWriteArrayList<>())
                .add(status);
    }

    @Override
    public void onInverseOffers(Master master, List<InverseOffer> inverseOffers) {
        inverse.addAll(inverseOffers);
    }

    @Override
    public void close() {
        driver.master().teardown();
        try {
            running.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            driver.close();
        }
    }
}
