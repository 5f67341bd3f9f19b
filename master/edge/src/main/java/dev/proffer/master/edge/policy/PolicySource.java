package dev.proffer.master.edge.policy;

import dev.proffer.master.core.policy.Policy;
import dev.proffer.model.Moment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Policy as custom resources say it, live. */
public final class PolicySource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicySource.class);

    /** Changes that come in a burst are read once. */
    private static final Duration BURST = Duration.ofMillis(20);

    /** However quiet it is, look so often. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final PolicyPlace place;
    private final PolicyWatch.Sources sources;
    private final Supplier<Moment> time;
    private final MeterRegistry meters;
    private final Consumer<Policy> listener;
    private final PolicyReader reader = new PolicyReader();
    private final Semaphore changes = new Semaphore(0);
    private final List<Meter> gauges = new ArrayList<>();

    private volatile @Nullable PolicyObjects objects;
    private volatile @Nullable Policy current;
    private volatile @Nullable Thread thread;

    /** @param listener told each time that policy changed, on this source's thread */
    public PolicySource(
            PolicyPlace place,
            KubernetesClient client,
            Supplier<Moment> time,
            MeterRegistry meters,
            Consumer<Policy> listener) {
        this(place, informers(client), time, meters, listener);
    }

    PolicySource(
            PolicyPlace place,
            PolicyWatch.Sources sources,
            Supplier<Moment> time,
            MeterRegistry meters,
            Consumer<Policy> listener) {
        this.place = place;
        this.sources = sources;
        this.time = time;
        this.meters = meters;
        this.listener = listener;
    }

    private static PolicyWatch.Sources informers(KubernetesClient client) {
        return new PolicyWatch.Sources() {
            @Override
            public <T extends HasMetadata> KindSource<T> of(Class<T> kind, @Nullable String namespace) {
                return new InformerSource<>(client, kind, namespace);
            }
        };
    }

    public void start() {
        thread = Thread.ofVirtual().name("policy").start(this::run);
    }

    /** Empty until all objects have been read. Any thread. */
    public Optional<Policy> current() {
        return Optional.ofNullable(current);
    }

    /** The objects as last seen; empty until all have been read. Any thread. */
    public Optional<PolicyObjects> objects() {
        return Optional.ofNullable(objects);
    }

    private void run() {
        try (var watch = new PolicyWatch(place, sources, changes::release)) {
            publishAges(watch);
            while (!Thread.currentThread().isInterrupted()) {
                var now = time.get();
                watch.look(now).ifPresent(this::read);
                long pause = Math.min(
                        IDLE.toNanos(), watch.nextDeadline() - time.get().nanos());
                if (changes.tryAcquire(Math.max(0, pause), TimeUnit.NANOSECONDS)) {
                    Thread.sleep(BURST);
                    changes.drainPermits();
                }
            }
        } catch (InterruptedException closed) {
            LOG.debug("policy is no longer watched");
        }
    }

    private void read(PolicyObjects seen) {
        objects = seen;
        var policy = reader.read(seen);
        if (!policy.equals(current)) {
            current = policy;
            listener.accept(policy);
        }
    }

    private void publishAges(PolicyWatch watch) {
        watch.confirmedAt()
                .forEach((kind, confirmedAt) ->
                        gauges.add(Gauge.builder("proffer.policy.age", () -> secondsSince(confirmedAt.get()))
                                .description(
                                        "Seconds since the objects of a kind were last known to be as this master holds them.")
                                .baseUnit("seconds")
                                .tag("kind", kind)
                                .register(meters)));
    }

    private double secondsSince(long nanos) {
        return nanos == 0 ? Double.NaN : (time.get().nanos() - nanos) / 1e9;
    }

    @Override
    public void close() {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
        gauges.forEach(meters::remove);
    }
}
