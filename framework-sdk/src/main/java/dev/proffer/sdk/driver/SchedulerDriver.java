package dev.proffer.sdk.driver;

import dev.proffer.model.Moment;
import dev.proffer.sdk.Master;
import dev.proffer.sdk.Scheduler;
import dev.proffer.sdk.SchedulerConfig;
import dev.proffer.sdk.Termination;
import dev.proffer.sdk.session.SchedulerSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs one scheduler:
 *
 * <pre>{@code
 * try (var driver = new SchedulerDriver(new MyScheduler(), SchedulerConfig.of("mine", "http://proffer:5050"))) {
 *     System.out.println(driver.run());
 * }
 * }</pre>
 */
public final class SchedulerDriver implements AutoCloseable {
    /** The kubelet renews a pod's token when a fifth of its time is left. */
    private static final Duration CREDENTIAL_LOOK = Duration.ofSeconds(30);

    private final Inbox inbox = new Inbox();
    private final HttpMasterLink link;
    private final SchedulerSession session;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.NEW);
    private volatile boolean closing;

    public SchedulerDriver(Scheduler scheduler, SchedulerConfig config) {
        this(scheduler, config, CREDENTIAL_LOOK);
    }

    /** @param credentialLook how often to look whether the credentials have changed */
    SchedulerDriver(Scheduler scheduler, SchedulerConfig config, Duration credentialLook) {
        this.link = new HttpMasterLink(config, inbox, credentialLook);
        this.session = new SchedulerSession(scheduler, config, link, InstantSource.system(), new SplittableRandom());
    }

    private enum Stage {
        NEW,
        RUN,
        CLOSED_UNUSED
    }

    /** For calls outside of callbacks; of use to any thread, and without effect before {@link #run}. */
    public Master master() {
        return session.master();
    }

    /**
     * Subscribes and calls the scheduler back, on the calling thread, until something ends it. Interrupting the thread closes
     * the driver.
     *
     * @throws IllegalStateException if it ran before
     */
    public Termination run() {
        if (!stage.compareAndSet(Stage.NEW, Stage.RUN)) {
            if (stage.get() == Stage.CLOSED_UNUSED) {
                return new Termination(Termination.Cause.CLOSED, "closed before it ran");
            }
            throw new IllegalStateException("a driver runs once; make a new one");
        }
        try (link) {
            session.start(now());
            while (session.termination().isEmpty()) {
                step();
            }
            return session.termination().orElseThrow();
        }
    }

    private void step() {
        if (closing) {
            session.close();
            return;
        }
        try {
            long deadline = session.nextDeadline();
            var input = inbox.take(deadline == Long.MAX_VALUE ? Long.MAX_VALUE : deadline - System.nanoTime());
            if (input.isPresent()) {
                session.received(input.get(), now());
            } else {
                session.settle(now());
                session.timePassed(now());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            session.close();
        }
    }

    /**
     * Has {@link #run} return after the callback that it is in. The framework and its tasks wait for a scheduler with the same
     * id until the failover timeout; {@link Master#teardown} ends them instead. Callable from any thread, more than once.
     */
    @Override
    public void close() {
        closing = true;
        inbox.wake();
        if (stage.compareAndSet(Stage.NEW, Stage.CLOSED_UNUSED)) {
            link.close();
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime(), Instant.now());
    }
}
