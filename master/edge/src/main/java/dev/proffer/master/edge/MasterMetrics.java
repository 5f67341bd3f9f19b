package dev.proffer.master.edge;

import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.master.edge.http.scheduler.CallWitness;
import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.scheduler.Call;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * A master's figures for Micrometer. Those of a term are zero while this master does not lead. Counts of agents, frameworks,
 * tasks and offers come from snapshots, so they are as old as the look before this one, if that was not long ago.
 */
final class MasterMetrics implements CallWitness, AutoCloseable {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final MeterRegistry registry;
    private final Tags tags;
    private final Supplier<Moment> time;
    private final Supplier<Optional<LeadingTerm>> term;
    private final List<Meter> meters = new ArrayList<>();
    private final AtomicReference<Look> lastLook;

    /** @param asked when a snapshot was asked for; its figures may still be those of the look before */
    private record Look(Moment asked, ClusterFigures figures) {}

    MasterMetrics(MasterNodeConfig config, Supplier<Optional<LeadingTerm>> term) {
        this.registry = config.meters();
        this.tags = Tags.of("master", config.identity().name());
        this.time = config.time();
        this.term = term;
        this.lastLook = new AtomicReference<>(new Look(time.get(), ClusterFigures.NONE));
        bindCluster();
        bindWriter();
        bindConnections();
    }

    @Override
    public void answered(Call.Type type, int status, Duration took) {
        registry.timer("proffer.master.calls", tags.and("type", type.name(), "status", Integer.toString(status)))
                .record(took);
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }

    private void bindCluster() {
        clusterGauge("proffer.master.agents", "state", "connected", ClusterFigures::agentsConnected);
        clusterGauge("proffer.master.agents", "state", "disconnected", ClusterFigures::agentsDisconnected);
        clusterGauge("proffer.master.agents", "state", "unreachable", ClusterFigures::agentsUnreachable);
        for (var state : FrameworkSnapshot.State.values()) {
            clusterGauge(
                    "proffer.master.frameworks",
                    "state",
                    lower(state),
                    figures -> figures.frameworks().getOrDefault(state, 0L));
        }
        for (var state : TaskState.values()) {
            clusterGauge(
                    "proffer.master.tasks",
                    "state",
                    lower(state),
                    figures -> figures.tasks().getOrDefault(state, 0L));
        }
        meters.add(Gauge.builder("proffer.master.offers", () -> figures().offers())
                .tags(tags)
                .register(registry));
        for (var counter : Counter.values()) {
            clusterCounter(
                    "proffer.master." + lower(counter).replace('_', '.'),
                    tags,
                    figures -> figures.counters().count(counter));
        }
        for (var state : TaskState.values()) {
            clusterCounter(
                    "proffer.master.tasks.ended",
                    tags.and("state", lower(state)),
                    figures -> figures.counters().tasksByLastState().getOrDefault(state, 0L));
        }
    }

    private void bindWriter() {
        termGauge("proffer.master.leading", _ -> 1);
        termGauge("proffer.master.term", LeadingTerm::term);
        termGauge("proffer.registry.backlog", current -> current.registry().backlog());
        termGauge("proffer.master.inbox", current -> current.writer().inboxSize());
        meters.add(FunctionTimer.builder(
                        "proffer.master.writer.turns",
                        this,
                        _ -> term.get()
                                .map(current -> current.writer().figures().turns())
                                .orElse(0L),
                        _ -> term.get()
                                .map(current -> current.writer().figures().busyNanos())
                                .orElse(0L),
                        TimeUnit.NANOSECONDS)
                .tags(tags)
                .register(registry));
        termCounter(
                "proffer.master.inputs", current -> current.writer().figures().inputs());
    }

    private void bindConnections() {
        termGauge("proffer.master.streams", current -> current.streams().streams());
        termGauge("proffer.master.streams.backlog", current -> current.streams().backlogBytes());
        termCounter(
                "proffer.master.streams.broken", current -> current.streams().streamsBroken());
        termCounter("proffer.master.events.sent", current -> current.streams().eventsSent());
        termGauge("proffer.master.links", current -> current.links().count());
        termCounter("proffer.master.frames.sent", current -> current.links().framesSent());
    }

    private void clusterGauge(String name, String tag, String value, ToDoubleFunction<ClusterFigures> figure) {
        meters.add(Gauge.builder(name, () -> figure.applyAsDouble(figures()))
                .tags(tags.and(tag, value))
                .register(registry));
    }

    private void clusterCounter(String name, Tags itsTags, ToDoubleFunction<ClusterFigures> figure) {
        meters.add(FunctionCounter.builder(name, this, _ -> figure.applyAsDouble(figures()))
                .tags(itsTags)
                .register(registry));
    }

    private void termGauge(String name, ToDoubleFunction<LeadingTerm> figure) {
        meters.add(Gauge.builder(name, () -> ofTerm(figure)).tags(tags).register(registry));
    }

    private void termCounter(String name, ToDoubleFunction<LeadingTerm> figure) {
        meters.add(FunctionCounter.builder(name, this, _ -> ofTerm(figure))
                .tags(tags)
                .register(registry));
    }

    private double ofTerm(ToDoubleFunction<LeadingTerm> figure) {
        return term.get().map(figure::applyAsDouble).orElse(0.0);
    }

    /** The figures of the last look, and asks for newer ones if they are old. */
    private ClusterFigures figures() {
        var current = term.get();
        if (current.isEmpty()) {
            return ClusterFigures.NONE;
        }
        var look = lastLook.get();
        var now = time.get();
        if (now.reached(look.asked().deadline(FRESH)) && lastLook.compareAndSet(look, new Look(now, look.figures()))) {
            current.get()
                    .writer()
                    .snapshot()
                    .thenApplyAsync(ClusterFigures::of)
                    .thenAccept(figures -> lastLook.set(new Look(now, figures)));
        }
        return look.figures();
    }

    private static String lower(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
