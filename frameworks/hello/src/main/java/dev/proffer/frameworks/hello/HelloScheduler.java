package dev.proffer.frameworks.hello;

import dev.proffer.frameworks.hello.HelloTask.Stage;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.sdk.Master;
import dev.proffer.sdk.OfferUse;
import dev.proffer.sdk.Scheduler;
import dev.proffer.sdk.Subscription;
import dev.proffer.sdk.TaskSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs a few tasks, two on each offer, and says what happens. */
final class HelloScheduler implements Scheduler {
    private static final int TASKS_PER_OFFER = 2;
    private static final double CPUS_PER_TASK = 0.1;
    private static final double MEGABYTES_PER_TASK = 32;
    private static final int MOST_ATTEMPTS = 5;

    private final Progress progress;
    private final String command;
    private final Consumer<String> say;
    private Optional<String> failure = Optional.empty();

    HelloScheduler(Progress progress, String command, Consumer<String> say) {
        this.progress = progress;
        this.command = command;
        this.say = say;
    }

    /** Why not all tasks can finish, if so. */
    Optional<String> failure() {
        return failure;
    }

    @Override
    public void onSubscribed(Master master, Subscription subscription) {
        var id = subscription.frameworkId().getValue();
        say.accept("registered with id " + id);
        progress.registered(id);
        // What an earlier run launched may have ended while nobody listened.
        master.reconcile(progress.underWay().stream().map(HelloTask::question).toList());
        endIfComplete(master);
    }

    @Override
    public void onDisconnected(Master master, String reason) {
        say.accept("disconnected: " + reason);
    }

    @Override
    public void onOffers(Master master, List<Offer> offers) {
        for (var offer : offers) {
            var use = OfferUse.of(offer);
            say.accept("offer %s from agent %s with cpus:%s mem:%s"
                    .formatted(offer.getId().getValue(), offer.getHostname(), use.left("cpus"), use.left("mem")));
            progress.waiting().stream().limit(TASKS_PER_OFFER).forEach(task -> launch(task, use));
            master.accept(use);
        }
        if (progress.waiting().isEmpty()) {
            master.suppress(); // Others can use the offers.
        }
    }

    private void launch(HelloTask task, OfferUse use) {
        var spec = TaskSpec.shell(task.id(), command).cpus(CPUS_PER_TASK).mem(MEGABYTES_PER_TASK);
        if (use.launch(spec)) {
            // Before the master knows of it, so that a hello that dies in between asks what became of it.
            progress.change(task.launchedOn(use.offer().getAgentId().getValue()));
            say.accept("task " + task.number() + " launched");
        }
    }

    @Override
    public void onUpdate(Master master, TaskStatus status) {
        progress.byId(status.getTaskId().getValue())
                .filter(HelloTask::isUnderWay)
                .ifPresent(task -> updated(master, task, status));
    }

    private void updated(Master master, HelloTask task, TaskStatus status) {
        say.accept("task " + task.number() + " " + status.getState());
        switch (status.getState()) {
            case TASK_STAGING, TASK_UNREACHABLE -> {}
            case TASK_STARTING, TASK_RUNNING, TASK_KILLING -> progress.change(task.at(Stage.STARTED));
            case TASK_FINISHED -> {
                progress.change(task.at(Stage.FINISHED));
                endIfComplete(master);
            }
            case TASK_DROPPED -> launchAgain(master, task, status);
            case TASK_LOST, TASK_GONE, TASK_UNKNOWN -> {
                if (neverArrived(task, status)) {
                    launchAgain(master, task, status);
                } else {
                    fail(master, task, status);
                }
            }
            case TASK_FAILED, TASK_KILLED, TASK_ERROR, TASK_GONE_BY_OPERATOR -> fail(master, task, status);
        }
    }

    /** Whether the launch was lost on its way: nobody ever said that the task started, and now nobody knows it. */
    private static boolean neverArrived(HelloTask task, TaskStatus status) {
        return task.stage() == Stage.LAUNCHED && status.getReason() == TaskStatus.Reason.REASON_RECONCILIATION;
    }

    private void launchAgain(Master master, HelloTask task, TaskStatus status) {
        if (task.attempt() == MOST_ATTEMPTS) {
            fail(master, task, status);
            return;
        }
        progress.change(task.nextAttempt());
        master.revive();
    }

    private void fail(Master master, HelloTask task, TaskStatus status) {
        failure = Optional.of("task %d ended as %s (%s): %s"
                .formatted(task.number(), status.getState(), status.getReason(), status.getMessage()));
        master.teardown();
    }

    private void endIfComplete(Master master) {
        if (progress.isComplete()) {
            master.teardown();
        }
    }
}
