package dev.proffer.agent.edge.journal;

import dev.proffer.protocol.journal.JournalRecord;
import java.io.IOException;
import java.util.List;

/** Where records are kept. Confined to one thread. */
public interface JournalFile extends AutoCloseable {

    /** In bytes. */
    long size();

    /**
     * Adds records and syncs them, all with one write.
     *
     * @throws IOException if they could not be kept (disk full, say); what is there of them then is unknown
     */
    void append(List<JournalRecord> records) throws IOException;

    /** Replaces all records by these, at once: a crash leaves either the old or the new ones. */
    void replaceWith(List<JournalRecord> records) throws IOException;

    @Override
    void close() throws IOException;
}
