package dev.proffer.agent.edge;

import dev.proffer.agent.core.AgentSnapshot;
import dev.proffer.agent.edge.journal.JournalWriter;
import dev.proffer.agent.edge.writer.AgentWriter;
import dev.proffer.protocol.v1.TaskState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** An agent's figures for Micrometer, as of the writer's last turn. */
final class AgentMetrics implements AutoCloseable {
    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();

    AgentMetrics(MeterRegistry registry, String agent, AgentWriter writer, JournalWriter journal) {
        this.registry = registry;
        this.tags = Tags.of("agent", agent);
        gauge("proffer.agent.registered", tags, writer, of -> of.snapshot().isRegistered() ? 1 : 0);
        gauge(
                "proffer.agent.problems",
                tags,
                writer,
                of -> of.snapshot().capacity().problems().size());
        for (var state : TaskState.values()) {
            var ofState = tags.and("state", state.name().toLowerCase(Locale.ROOT));
            gauge("proffer.agent.tasks", ofState, writer, of -> tasks(of.snapshot(), state));
        }
        gauge("proffer.agent.updates.unacknowledged", tags, writer, of -> unacknowledged(of.snapshot()));
        gauge("proffer.agent.inbox", tags, writer, AgentWriter::inboxSize);
        counter("proffer.agent.defects", writer, AgentWriter::defects);
        gauge("proffer.agent.journal.bytes", tags, journal, JournalWriter::bytes);
        gauge("proffer.agent.journal.failing", tags, journal, of -> of.isFailing() ? 1 : 0);
        counter("proffer.agent.journal.syncs", journal, JournalWriter::syncs);
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }

    private static double tasks(AgentSnapshot snapshot, TaskState state) {
        return snapshot.tasks().stream().filter(task -> task.state() == state).count();
    }

    private static double unacknowledged(AgentSnapshot snapshot) {
        return snapshot.tasks().stream()
                .mapToInt(AgentSnapshot.TaskView::unacknowledged)
                .sum();
    }

    private <T> void gauge(String name, Tags with, T source, ToDoubleFunction<T> figure) {
        meters.add(Gauge.builder(name, source, figure).tags(with).register(registry));
    }

    private <T> void counter(String name, T source, ToDoubleFunction<T> figure) {
        meters.add(FunctionCounter.builder(name, source, figure).tags(tags).register(registry));
    }
}
