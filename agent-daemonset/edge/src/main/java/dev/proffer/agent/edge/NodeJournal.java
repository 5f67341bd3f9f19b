package dev.proffer.agent.edge;

import dev.proffer.agent.edge.journal.FileJournal;
import dev.proffer.agent.edge.writer.AgentWriter;
import dev.proffer.protocol.journal.JournalRecord;
import java.io.IOException;
import java.util.List;

/** Rewrites the journal once most of it is about tasks that are gone. */
final class NodeJournal implements AgentWriter.Journal {
    private static final long SMALL = 1 << 20;
    private static final int GROWTH = 4;

    private final FileJournal file;
    private long compactedSize;

    NodeJournal(FileJournal file) {
        this.file = file;
        this.compactedSize = 0; // Nobody knows: a large file is rewritten once, whatever it holds.
    }

    @Override
    public void append(List<JournalRecord> records) throws IOException {
        file.append(records);
    }

    @Override
    public boolean wantsCompaction() {
        return file.size() > Math.max(SMALL, GROWTH * compactedSize);
    }

    @Override
    public void replaceWith(List<JournalRecord> records) throws IOException {
        // Also when it fails: the next try then waits until the file has grown again.
        compactedSize = file.size();
        file.replaceWith(records);
        compactedSize = file.size();
    }
}
