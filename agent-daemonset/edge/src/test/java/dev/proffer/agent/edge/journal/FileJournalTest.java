package dev.proffer.agent.edge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.link.TermHolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
    @TempDir
    private Path folder;

    private static JournalRecord term(long number) {
        return JournalRecord.newBuilder()
                .setAccepted(TermHolder.newBuilder().setTerm(number).setHolder("master-" + number))
                .build();
    }

    private byte[] journalOf(JournalRecord... records) throws IOException {
        var file = folder.resolve("template");
        Files.deleteIfExists(file);
        try (var journal = FileJournal.open(file).journal()) {
            journal.append(List.of(records));
        }
        return Files.readAllBytes(file);
    }

    @Test
    void recordsAreThereAfterAReopen() throws IOException {
        var file = folder.resolve("journal");
        try (var journal = FileJournal.open(file).journal()) {
            journal.append(List.of(term(1), term(2)));
            journal.append(List.of(term(3)));
        }

        var opened = FileJournal.open(file);

        assertThat(opened.records()).containsExactly(term(1), term(2), term(3));
        assertThat(opened.cutBytes()).isZero();
        opened.journal().close();
    }

    /** A write torn at every byte costs that write alone, and the journal goes on. */
    @Test
    void tornTailIsCutAtEveryByte() throws IOException {
        var whole = journalOf(term(1), term(2));
        int first = journalOf(term(1)).length;
        for (int length = first; length < whole.length; length++) {
            var file = folder.resolve("torn-" + length);
            Files.write(file, Arrays.copyOf(whole, length));

            var opened = FileJournal.open(file);
            assertThat(opened.records()).containsExactly(term(1));
            assertThat(opened.cutBytes()).isEqualTo(length - first);
            opened.journal().append(List.of(term(3)));
            opened.journal().close();

            var again = FileJournal.open(file);
            assertThat(again.records()).containsExactly(term(1), term(3));
            again.journal().close();
        }
    }

    @Test
    void changedByteAnywhereInTheLastRecordCostsThatRecordAlone() throws IOException {
        var whole = journalOf(term(1), term(2));
        int first = journalOf(term(1)).length;
        for (int position = first; position < whole.length; position++) {
            var damaged = whole.clone();
            damaged[position] ^= 0x41;
            var file = folder.resolve("damaged-" + position);
            Files.write(file, damaged);

            var opened = FileJournal.open(file);

            assertThat(opened.records()).containsExactly(term(1));
            opened.journal().close();
        }
    }

    @Test
    void zerosAtTheEndAreNoRecords() throws IOException {
        var file = folder.resolve("journal");
        Files.write(file, journalOf(term(1)));
        Files.write(file, new byte[4096], StandardOpenOption.APPEND);

        var opened = FileJournal.open(file);

        assertThat(opened.records()).containsExactly(term(1));
        assertThat(opened.cutBytes()).isEqualTo(4096);
        opened.journal().close();
    }

    @Test
    void replacementHoldsOnlyTheNewRecordsAndGoesOn() throws IOException {
        var file = folder.resolve("journal");
        try (var journal = FileJournal.open(file).journal()) {
            journal.append(List.of(term(1), term(2), term(3)));
            journal.replaceWith(List.of(term(4)));
            journal.append(List.of(term(5)));
        }

        var opened = FileJournal.open(file);

        assertThat(opened.records()).containsExactly(term(4), term(5));
        opened.journal().close();
    }

    @Test
    void replacementThatWasNotFinishedIsIgnored() throws IOException {
        var file = folder.resolve("journal");
        Files.write(file, journalOf(term(1)));
        Files.write(folder.resolve("journal.next"), journalOf(term(9)));

        var opened = FileJournal.open(file);

        assertThat(opened.records()).containsExactly(term(1));
        opened.journal().close();
    }
}
