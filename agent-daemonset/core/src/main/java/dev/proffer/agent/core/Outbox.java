package dev.proffer.agent.core;

import dev.proffer.protocol.journal.JournalRecord;
import java.util.ArrayList;
import java.util.List;

/** Collects what one step persists and causes. */
final class Outbox {
    private final List<JournalRecord> records = new ArrayList<>();
    private final List<AgentEffect> effects = new ArrayList<>();

    void persist(JournalRecord.Builder entry) {
        records.add(entry.build());
    }

    void add(AgentEffect effect) {
        effects.add(effect);
    }

    AgentStep step() {
        return new AgentStep(records, effects);
    }
}
