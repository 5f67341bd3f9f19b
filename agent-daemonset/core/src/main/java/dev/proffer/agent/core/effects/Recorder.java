package dev.proffer.agent.core.effects;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.protocol.journal.JournalRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Sends records to the journal, and keeps what waits for them, oldest first. */
public final class Recorder {
    private final Outbox outbox;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private long last;

    private record Waiting(long number, Awaited awaited) {}

    public Recorder(Outbox outbox) {
        this.outbox = outbox;
    }

    public void record(Awaited awaited, List<JournalRecord> records) {
        last++;
        waiting.add(new Waiting(last, awaited));
        outbox.add(new AgentEffect.Persist(last, List.copyOf(records)));
    }

    public void record(Awaited awaited, JournalRecord record) {
        record(awaited, List.of(record));
    }

    /** Takes what waited for the records up to that number, in the order in which it began to wait. */
    public List<Awaited> answered(long through) {
        var answered = new ArrayList<Awaited>();
        while (!waiting.isEmpty() && waiting.getFirst().number <= through) {
            answered.add(waiting.removeFirst().awaited);
        }
        return answered;
    }

    public boolean isIdle() {
        return waiting.isEmpty();
    }
}
