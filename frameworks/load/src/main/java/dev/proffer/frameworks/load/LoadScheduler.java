package dev.proffer.frameworks.load;

import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.sdk.Master;
import dev.proffer.sdk.OfferUse;
import dev.proffer.sdk.Scheduler;
import dev.proffer.sdk.Subscription;
import dev.proffer.sdk.TaskSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Keeps the load up: launches what is wanted on whatever is offered. The driver's thread, and one that ticks. */
final class LoadScheduler implements Scheduler {
    /** How long not to be offered what only the rate leaves over. */
    private static final Duration NEXT_TICK = Duration.ofSeconds(1);

    private final LoadOptions options;
    private final LongSupplier nanos;
    private final Consumer<String> say;
    private final LoadTasks tasks;
    private final LaunchRate rate;
    private Optional<Master> connected = Optional.empty();
    private boolean suppressed;

    /** @param nanos a clock that only moves on */
    LoadScheduler(LoadOptions options, LongSupplier nanos, Consumer<String> say) {
        this.options = options;
        this.nanos = nanos;
        this.say = say;
        this.tasks = new LoadTasks(options);
        this.rate = new LaunchRate(options.rate(), nanos.getAsLong());
    }

    /** Says how the tasks fare, and asks for offers again if there is room for more. To be called each second. */
    synchronized void tick() {
        say.accept(tasks.counts().toString());
        if (suppressed && tasks.wanted() > 0 && connected.isPresent()) {
            suppressed = false;
            connected.get().revive();
        }
    }

    synchronized Counts counts() {
        return tasks.counts();
    }

    synchronized boolean isComplete() {
        return tasks.isComplete();
    }

    @Override
    public synchronized void onSubscribed(Master master, Subscription subscription) {
        say.accept("registered with id " + subscription.frameworkId().getValue());
        connected = Optional.of(master);
        // What ended while nobody listened.
        master.reconcile(tasks.questions());
    }

    @Override
    public synchronized void onDisconnected(Master master, String reason) {
        say.accept("disconnected: " + reason);
        connected = Optional.empty();
    }

    @Override
    public synchronized void onOffers(Master master, List<Offer> offers) {
        for (var offer : offers) {
            master.accept(use(offer));
        }
        if (tasks.wanted() == 0 && !suppressed) {
            suppressed = true;
            master.suppress(); // Others can use the offers.
        }
    }

    private OfferUse use(Offer offer) {
        var use = OfferUse.of(offer);
        long now = nanos.getAsLong();
        while (tasks.wanted() > 0) {
            if (rate.allowed(now) == 0) {
                return use.refuseRestFor(NEXT_TICK);
            }
            var task = TaskSpec.shell(tasks.nextId(), options.command())
                    .cpus(options.cpus())
                    .mem(options.mem());
            if (!use.launch(task)) {
                return use;
            }
            tasks.launched(task.id().getValue(), offer.getAgentId());
            rate.launched();
        }
        return use;
    }

    @Override
    public synchronized void onUpdate(Master master, TaskStatus status) {
        tasks.updated(status);
        if (tasks.isComplete()) {
            master.teardown();
        }
    }
}
