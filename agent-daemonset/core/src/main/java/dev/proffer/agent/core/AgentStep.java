package dev.proffer.agent.core;

import dev.proffer.protocol.journal.JournalRecord;
import java.util.List;

/**
 * What follows from an input: records, and effects that may be carried out only once the records, and those of all earlier
 * steps, are on disk. Steps in a row may share one sync.
 */
public record AgentStep(List<JournalRecord> records, List<AgentEffect> effects) {
    public AgentStep {
        records = List.copyOf(records);
        effects = List.copyOf(effects);
    }
}
