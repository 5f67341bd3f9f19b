package dev.proffer.master.edge.election;

import dev.proffer.model.Moment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes part in the election on a thread of its own and tells its listener, on that thread, where this master stands. The
 * listener must return soon: nothing is renewed meanwhile.
 */
public final class Elector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Elector.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    /** A higher one is no count of leaders but a mistake or malice, and would leave no room above it. */
    private static final long MOST_BELIEVABLE_TERM = 1L << 53;

    private final LeaseStore store;
    private final Supplier<Moment> time;
    private final Consumer<Standing> listener;
    private final ElectionCore core;

    /** Small: whatever does not fit is told again, and a stop always finds a place in time. */
    private final BlockingQueue<ElectionInput> inbox = new ArrayBlockingQueue<>(64);

    private final Thread thread = Thread.ofVirtual().name("election").unstarted(this::run);
    private volatile long validUntil = Long.MIN_VALUE;

    Elector(ElectionSettings settings, LeaseStore store, Supplier<Moment> time, Consumer<Standing> listener) {
        this.core = new ElectionCore(settings);
        this.store = store;
        this.time = time;
        this.listener = listener;
    }

    /**
     * An elector over the Lease of that name.
     *
     * @param client for this alone: it gives up within a few seconds and does not retry
     */
    public static Elector overLease(
            KubernetesClient client,
            String namespace,
            String lease,
            ElectionSettings settings,
            Supplier<Moment> time,
            Consumer<Standing> listener) {
        var store = new KubernetesLeaseStore(
                client, namespace, lease, () -> time.get().wall());
        return new Elector(settings, store, time, listener);
    }

    public void start() {
        thread.start();
    }

    /**
     * Whether this master may act as the leader at this very moment: false as soon as its last renewal is too old, even
     * before the election's own thread has noticed. Any thread.
     */
    public boolean mayAct(Moment now) {
        return !now.reached(validUntil);
    }

    /** Somebody has obeyed that term: if it forbids ours, a higher one is taken. Any thread. */
    public void termSeen(long term, String holder) {
        if (term > MOST_BELIEVABLE_TERM) {
            LOG.warn("nobody has counted as far as term={} of holder={}: ignored", term, holder);
            return;
        }
        if (!inbox.offer(new ElectionInput.TermSeen(term, holder))) {
            LOG.debug("election busy, term={} of holder={} is told again later", term, holder);
        }
    }

    /** Releases the Lease if it is held, and ends. Waits a few seconds at most; not at all within the listener. */
    @Override
    public void close() {
        boolean asked = inbox.offer(new ElectionInput.Stop());
        if (thread.equals(Thread.currentThread())) {
            return;
        }
        try {
            if (asked && thread.isAlive()) {
                thread.join(STOP_PATIENCE);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            while (!core.isOver()) {
                var input = inbox.poll(nanosToDeadline(), TimeUnit.NANOSECONDS);
                step(input == null ? new ElectionInput.TimePassed() : input);
            }
        } catch (InterruptedException stopped) {
            LOG.debug("election interrupted");
        } catch (RuntimeException defect) {
            validUntil = Long.MIN_VALUE;
            LOG.error("election failed", defect);
            listener.accept(new Standing.Lost("the election failed: " + defect));
        }
    }

    private long nanosToDeadline() {
        long now = time.get().nanos();
        return core.nextDeadline() <= now ? 0 : core.nextDeadline() - now;
    }

    /** Feeds one input, and then what came of the requests that followed from it. */
    private void step(ElectionInput first) {
        var inputs = new ArrayDeque<ElectionInput>();
        inputs.add(first);
        while (!inputs.isEmpty()) {
            var actions = core.apply(time.get(), inputs.remove());
            validUntil = core.validUntil();
            for (var action : actions) {
                switch (action) {
                    case ElectionAction.Read() -> inputs.add(answered(store.read()));
                    case ElectionAction.Create(var claim) -> inputs.add(answered(store.create(claim)));
                    case ElectionAction.Replace(var version, var claim) ->
                        inputs.add(answered(store.replace(version, claim)));
                    case ElectionAction.Report(var standing) -> report(standing);
                }
            }
        }
    }

    private static ElectionInput answered(ElectionInput answer) {
        if (answer instanceof ElectionInput.Unanswered(var problem)) {
            LOG.warn("the API server did not answer about the Lease: {}", problem);
        }
        return answer;
    }

    private void report(Standing standing) {
        switch (standing) {
            case Standing.Leading(var term, var holder) -> LOG.info("leading term={} holder={}", term, holder);
            case Standing.Following(var address) -> LOG.info("following leader={}", address.orElse("unknown"));
            case Standing.Lost(var reason) -> LOG.error("no longer leading: {}", reason);
        }
        listener.accept(standing);
    }
}
