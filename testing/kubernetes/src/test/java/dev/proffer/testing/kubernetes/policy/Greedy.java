package dev.proffer.testing.kubernetes.policy;

import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.sdk.Master;
import dev.proffer.sdk.OfferUse;
import dev.proffer.sdk.Scheduler;
import dev.proffer.sdk.SchedulerConfig;
import dev.proffer.sdk.TaskSpec;
import dev.proffer.sdk.Termination;
import dev.proffer.sdk.driver.SchedulerDriver;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A framework that fills every core that it is offered with a task that does not end by itself. */
final class Greedy implements Scheduler, AutoCloseable {
    private final String role;
    private final AtomicInteger launched = new AtomicInteger();
    private final Set<TaskID> running = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Termination> ended = new CompletableFuture<>();
    private final SchedulerDriver driver;

    private Greedy(String master, String role) {
        this.role = role;
        this.driver = new SchedulerDriver(
                this, SchedulerConfig.of(role.replace('/', '-'), master).withRoles(role));
        Thread.ofVirtual().start(() -> ended.complete(driver.run()));
    }

    static Greedy start(ClusterUnderPolicy cluster, String role) {
        return new Greedy(cluster.address(), role);
    }

    int running() {
        return running.size();
    }

    /** Whether the master will have nothing more to do with it. */
    boolean isTurnedAway() {
        return ended.isDone();
    }

    void killAll() {
        running.forEach(driver.master()::kill);
    }

    @Override
    public void onOffers(Master master, List<Offer> offers) {
        for (var offer : offers) {
            var use = OfferUse.of(offer).refuseRestFor(Duration.ZERO);
            while (use.left("cpus") >= 1) {
                var id = role.replace('/', '-') + "-" + launched.incrementAndGet();
                if (!use.launch(TaskSpec.program(id, "sleep", "600").cpus(1).mem(32))) {
                    break;
                }
            }
            master.accept(use);
        }
    }

    @Override
    public void onUpdate(Master master, TaskStatus status) {
        if (status.getState() == TaskState.TASK_RUNNING) {
            running.add(status.getTaskId());
        } else if (status.getState() != TaskState.TASK_STARTING) {
            running.remove(status.getTaskId());
        }
    }

    @Override
    public void close() {
        driver.master().teardown();
        driver.close();
    }
}
