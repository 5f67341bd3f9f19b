package dev.proffer.master.edge.election;

import dev.proffer.model.Moment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes part in the election on a thread of its own and tells its listener, on that thread, where this master stands.
 */
public final class Elector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Elector.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    /** A higher one is no count of leaders but a mistake or malice, and would leave no room above it. */
    private static final long MOST_BELIEVABLE_TERM = 1L << 53;

    private final LeaseStore store;
    private final TermStore terms;
    private final Supplier<Moment> time;
    private final ElectionListener listener;
    private final ElectionCore core;
    private final String holder;

    /** Small: whatever does not fit is told again, and a stop always finds a place in time. */
    private final BlockingQueue<ElectionInput> inbox = new ArrayBlockingQueue<>(64);

    private final Thread thread = Thread.ofVirtual().name("election").unstarted(this::run);
    private volatile long actsUntil = Long.MIN_VALUE;

    Elector(
            ElectionSettings settings,
            LeaseStore store,
            TermStore terms,
            Supplier<Moment> time,
            ElectionListener listener) {
        this.holder = settings.holder();
        this.core = new ElectionCore(settings);
        this.store = store;
        this.terms = terms;
        this.time = time;
        this.listener = listener;
    }

    /**
     * An elector over the Lease of that name.
     *
     * @param client for this alone: it gives up within a few seconds and does not retry
     * @param cluster the ProfferCluster that keeps the term as well, if there is one
     */
    public static Elector overLease(
            KubernetesClient client,
            String namespace,
            String lease,
            Optional<String> cluster,
            ElectionSettings settings,
            Supplier<Moment> time,
            ElectionListener listener) {
        var leases = new KubernetesLeaseStore(
                client, namespace, lease, () -> time.get().wall());
        var terms = cluster.<TermStore>map(name -> new ClusterTermStore(client, namespace, name))
                .orElseGet(TermStore::none);
        return new Elector(settings, leases, terms, time, listener);
    }

    public void start() {
        store.whenFree(() -> {
            var _ = inbox.offer(new ElectionInput.Freed());
        });
        thread.start();
    }

    /**
     * Whether this master may do anything in its term at this very moment: false once the election has not come round for a
     * while, as after a pause of the process, for there may be another leader. Any thread.
     */
    public boolean mayAct(Moment now) {
        return !now.reached(actsUntil);
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
            actsUntil = Long.MIN_VALUE;
            LOG.error("election failed", defect);
            listener.stand(new Standing.Lost("the election failed: " + defect));
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
            actsUntil = core.actsUntil();
            for (var action : actions) {
                switch (action) {
                    case ElectionAction.Read() -> inputs.add(answered(store.read()));
                    case ElectionAction.Create(var claim) -> inputs.add(answered(store.create(claim)));
                    case ElectionAction.Replace(var version, var claim) ->
                        inputs.add(answered(store.replace(version, claim)));
                    case ElectionAction.ReadTerm() -> inputs.add(answered(terms.read()));
                    case ElectionAction.StoreTerm(var term) -> inputs.add(answered(terms.store(term, holder)));
                    case ElectionAction.Confirm(var until) -> listener.confirmed(until);
                    case ElectionAction.Report(var standing) -> report(standing);
                }
            }
        }
    }

    private static ElectionInput answered(ElectionInput answer) {
        switch (answer) {
            case ElectionInput.Unanswered(var problem) ->
                LOG.warn("the API server did not answer about the Lease: {}", problem);
            case ElectionInput.TermUnanswered(var problem) ->
                LOG.warn("the API server did not answer about the ProfferCluster's term: {}", problem);
            default -> {}
        }
        return answer;
    }

    private void report(Standing standing) {
        switch (standing) {
            case Standing.Leading(var term, var holder) -> LOG.info("leading term={} holder={}", term, holder);
            case Standing.Following(var address) -> LOG.info("following leader={}", address.orElse("unknown"));
            case Standing.Lost(var reason) -> LOG.error("no longer leading: {}", reason);
        }
        listener.stand(standing);
    }
}
