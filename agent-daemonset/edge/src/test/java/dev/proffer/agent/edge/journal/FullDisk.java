package dev.proffer.agent.edge.journal;

import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.v1.AgentID;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** A process under a limit on the size of files: fills a journal, fails, has the limit lifted and goes on. */
final class FullDisk {
    private FullDisk() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var file = Path.of(arguments[0]);
        try (var journal = FileJournal.open(file).journal()) {
            fill(journal);
            require(journal.size() == Files.size(file), "the failed write left something behind");
            requireFailure(journal, Collections.nCopies(100, entry("never")));
            require(journal.size() == Files.size(file), "the second failed write left something behind");
            new ProcessBuilder(
                            "prlimit",
                            "--fsize=unlimited",
                            "--pid",
                            Long.toString(ProcessHandle.current().pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            journal.append(List.of(entry("after")));
        }
    }

    private static void fill(FileJournal journal) {
        try {
            for (int number = 0; number < 10_000; number++) {
                journal.append(List.of(entry("agent-" + number)));
            }
        } catch (IOException full) {
            return;
        }
        throw new IllegalStateException("there is no limit");
    }

    private static void requireFailure(FileJournal journal, List<JournalRecord> records) {
        try {
            journal.append(records);
        } catch (IOException full) {
            return;
        }
        throw new IllegalStateException("there is no limit any more");
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalStateException(problem);
        }
    }

    private static JournalRecord entry(String id) {
        return JournalRecord.newBuilder()
                .setAgentId(AgentID.newBuilder().setValue(id))
                .build();
    }
}
