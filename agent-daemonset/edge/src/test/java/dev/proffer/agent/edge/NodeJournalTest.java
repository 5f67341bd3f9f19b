package dev.proffer.agent.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.agent.edge.journal.FileJournal;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.v1.AgentID;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeJournalTest {
    private static final JournalRecord KILOBYTE = JournalRecord.newBuilder()
            .setAgentId(AgentID.newBuilder().setValue("x".repeat(1024)))
            .build();

    @TempDir
    Path folder;

    @Test
    void wantsCompactionWhenItHasGrownFourfold() throws IOException {
        try (var file = FileJournal.open(folder.resolve("journal")).journal()) {
            var journal = new NodeJournal(file);
            journal.append(Collections.nCopies(1000, KILOBYTE));
            assertThat(journal.wantsCompaction()).isFalse();
            journal.append(Collections.nCopies(50, KILOBYTE));
            assertThat(journal.wantsCompaction()).isTrue();

            journal.replaceWith(Collections.nCopies(500, KILOBYTE));
            assertThat(journal.wantsCompaction()).isFalse();
            journal.append(Collections.nCopies(1600, KILOBYTE));
            assertThat(journal.wantsCompaction()).isTrue();
        }
    }

    @Test
    void doesNotGrowWithEveryRestart() throws IOException {
        try (var file = FileJournal.open(folder.resolve("journal")).journal()) {
            new NodeJournal(file).append(Collections.nCopies(2000, KILOBYTE));
        }
        try (var file = FileJournal.open(folder.resolve("journal")).journal()) {
            var journal = new NodeJournal(file);
            assertThat(journal.wantsCompaction()).isTrue();

            journal.replaceWith(List.of(KILOBYTE));
            assertThat(journal.wantsCompaction()).isFalse();
        }
    }
}
