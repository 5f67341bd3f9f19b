package dev.proffer.agent.edge.problems;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether the agent can write to its state folder, and whether there is room to start tasks. Confined to one thread. */
public final class DiskCheck {
    /** With less than this nothing is started: what is left is for the tasks that run, and for the journal. */
    public static final long LEAST_MEBIBYTES = 16;

    /** So that a disk at its limit does not make offers come and go. */
    private static final long ENOUGH_MEBIBYTES = 2 * LEAST_MEBIBYTES;

    private static final int MEBIBYTE_BITS = 20;

    private final Path folder;
    private final Journal journal;
    private boolean full;

    /** What lies in the folder. */
    public interface Journal {
        /** Whether the last attempt to write to it failed. */
        boolean isFailing();

        /** Tries again soon, if so. */
        void retry();
    }

    public DiskCheck(Path folder, Journal journal) {
        this.folder = folder;
        this.journal = journal;
    }

    public List<Problem> problems() {
        return first().stream().toList();
    }

    /** One tells it all: a full disk makes the journal fail, too. */
    private Optional<Problem> first() {
        try {
            long free = Files.getFileStore(folder).getUsableSpace() >> MEBIBYTE_BITS;
            full = free < (full ? ENOUGH_MEBIBYTES : LEAST_MEBIBYTES);
        } catch (IOException e) {
            return Optional.of(new Problem.SetUpFailed("the state folder cannot be looked at: " + e.getMessage()));
        }
        if (full) {
            return Optional.of(new Problem.DiskFull(folder, LEAST_MEBIBYTES));
        }
        if (!Files.isWritable(folder)) {
            return Optional.of(new Problem.DiskReadOnly(folder));
        }
        if (journal.isFailing()) {
            journal.retry();
            return Optional.of(new Problem.JournalFailing(folder));
        }
        return Optional.empty();
    }
}
