package dev.proffer.testing.kubernetes.policy;

import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.sdk.Master;
import dev.proffer.sdk.OfferUse;
import dev.proffer.sdk.Scheduler;
import dev.proffer.sdk.SchedulerConfig;
import dev.proffer.sdk.Subscription;
import dev.proffer.sdk.TaskSpec;
import dev.proffer.sdk.Termination;
import dev.proffer.sdk.driver.SchedulerDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A framework that runs one task, which does not end by itself, and may be away for long. */
final class Resident implements Scheduler, AutoCloseable {
    private final Path pid;
    private final AtomicBoolean launched = new AtomicBoolean();
    private final CompletableFuture<FrameworkID> subscribed = new CompletableFuture<>();
    private final CompletableFuture<Termination> ended = new CompletableFuture<>();
    private final SchedulerDriver driver;
    private volatile boolean running;

    private Resident(String master, String account, String role, Path pid, Optional<FrameworkID> id) {
        this.pid = pid;
        launched.set(id.isPresent());
        var config = SchedulerConfig.of("resident", master)
                .withRoles(role)
                .withFailoverTimeout(Duration.ofMinutes(10))
                .withCredentials(() -> Optional.of(account));
        driver = new SchedulerDriver(this, id.map(config::withFrameworkId).orElse(config));
        Thread.ofVirtual().start(() -> ended.complete(driver.run()));
    }

    /** @param account namespace/name of the ServiceAccount that it claims to be */
    static Resident start(ClusterUnderPolicy cluster, String account, String role, Path folder) {
        return new Resident(cluster.address(), account, role, folder.resolve(role + ".pid"), Optional.empty());
    }

    /** Another scheduler of the same framework, which asks for its task. */
    Resident comeBack(ClusterUnderPolicy cluster, String account, String role) {
        return new Resident(cluster.address(), account, role, pid, Optional.of(subscribed.join()));
    }

    boolean isRunning() {
        return running;
    }

    boolean isSubscribed() {
        return subscribed.isDone();
    }

    /** Whether the master will have nothing more to do with it. */
    boolean isTurnedAway() {
        return ended.isDone();
    }

    /** Whether the task's process is there, whatever anybody says of it. */
    boolean isTaskAlive() {
        try {
            long process = Long.parseLong(Files.readString(pid).strip());
            return ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onSubscribed(Master master, Subscription subscription) {
        subscribed.complete(subscription.frameworkId());
        master.reconcileAll();
    }

    @Override
    public void onOffers(Master master, List<Offer> offers) {
        for (var offer : offers) {
            var use = OfferUse.of(offer).refuseRestFor(Duration.ofSeconds(1));
            if (!launched.get()) {
                launched.set(use.launch(TaskSpec.shell("resident", "echo $$ > " + pid + "; exec sleep 600")
                        .cpus(0.3)
                        .mem(32)));
            }
            master.accept(use);
        }
    }

    @Override
    public void onUpdate(Master master, TaskStatus status) {
        running = status.getState() == TaskState.TASK_RUNNING;
    }

    @Override
    public void close() {
        driver.master().teardown();
        driver.close();
    }
}
