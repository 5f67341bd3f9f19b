package dev.proffer.agent.edge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.v1.AgentID;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("state/journal");
    }

    private static JournalRecord entry(String id) {
        return JournalRecord.newBuilder()
                .setAgentId(AgentID.newBuilder().setValue(id))
                .build();
    }

    private static List<JournalRecord> entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> entry("agent-" + number))
                .toList();
    }

    private void write(List<JournalRecord> records) throws IOException {
        try (var journal = FileJournal.open(file).journal()) {
            journal.append(records);
        }
    }

    private static FileJournal.Opened reopen(Path path) throws IOException {
        var opened = FileJournal.open(path);
        opened.journal().close();
        return opened;
    }

    @Test
    void givesBackWhatWasAppended() throws IOException {
        write(entries(3));
        write(List.of(entry("later")));
        write(List.of());

        var opened = reopen(file);
        assertThat(opened.cutBytes()).isZero();
        assertThat(opened.records())
                .startsWith(entries(3).toArray(JournalRecord[]::new))
                .endsWith(entry("later"));
        assertThat(opened.records()).hasSize(4);
        assertThat(opened.journal().size()).isEqualTo(Files.size(file));
    }

    /** Fault 13: the last write is torn at every byte. */
    @Test
    void cutsATornRecordAtEveryByte() throws IOException {
        write(entries(2));
        int whole = (int) Files.size(file);
        write(List.of(entry("the last")));
        var content = Files.readAllBytes(file);
        for (int length = whole; length < content.length; length++) {
            var torn = folder.resolve("torn-" + length);
            Files.write(torn, Arrays.copyOf(content, length));

            var opened = FileJournal.open(torn);

            assertThat(opened.records()).as("%s bytes", length).isEqualTo(entries(2));
            assertThat(opened.cutBytes()).isEqualTo(length - whole);
            opened.journal().append(List.of(entry("new")));
            opened.journal().close();
            assertThat(reopen(torn).records()).hasSize(3).endsWith(entry("new"));
        }
    }

    /** Fault 13: any byte of the last record is damaged. */
    @Test
    void cutsADamagedRecordWhicheverByteItIs() throws IOException {
        write(entries(2));
        int whole = (int) Files.size(file);
        write(List.of(entry("the last")));
        var content = Files.readAllBytes(file);
        for (int position = whole; position < content.length; position++) {
            for (int flip : new int[] {0x01, 0x80, 0xff}) {
                var damaged = content.clone();
                damaged[position] ^= (byte) flip;
                var copy = folder.resolve("damaged");
                Files.write(copy, damaged);

                var opened = reopen(copy);

                assertThat(opened.records()).as("byte %s", position).isEqualTo(entries(2));
                assertThat(Files.size(copy)).isEqualTo(whole);
            }
        }
    }

    @Test
    void cutsZerosThatACrashLeft() throws IOException {
        write(entries(2));
        int whole = (int) Files.size(file);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), whole + 4096));

        var opened = reopen(file);

        assertThat(opened.records()).isEqualTo(entries(2));
        assertThat(opened.cutBytes()).isEqualTo(4096);
    }

    @Test
    void replacesAllRecordsAtOnce() throws IOException {
        try (var journal = FileJournal.open(file).journal()) {
            journal.append(entries(100));
            journal.replaceWith(List.of(entry("compacted")));
            assertThat(journal.size()).isEqualTo(Files.size(file));
            journal.append(List.of(entry("after")));
        }

        assertThat(reopen(file).records()).containsExactly(entry("compacted"), entry("after"));
        assertThat(file.resolveSibling("journal.next")).doesNotExist();
    }

    @Test
    void ignoresACompactionThatACrashInterrupted() throws IOException {
        write(entries(2));
        Files.writeString(file.resolveSibling("journal.next"), "half of something");

        try (var journal = FileJournal.open(file).journal()) {
            journal.replaceWith(entries(1));
        }

        assertThat(reopen(file).records()).isEqualTo(entries(1));
    }

    @Test
    void goesOnWithTheOldRecordsWhenTheyCannotBeReplaced() throws IOException {
        try (var journal = FileJournal.open(file).journal()) {
            journal.append(entries(2));
            var inTheWay = Files.createDirectory(file.resolveSibling("journal.next"));
            assertThatThrownBy(() -> journal.replaceWith(entries(1))).isInstanceOf(IOException.class);
            Files.delete(inTheWay);
            journal.append(List.of(entry("after")));
        }

        assertThat(reopen(file).records()).hasSize(3).endsWith(entry("after"));
    }

    /** Fault 25: the disk is full, and later it is not. A limit on the file's size stands for the disk's. */
    @Test
    void staysUsableWhenAWriteFails() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var process = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "ulimit -S -f 1 && exec \"$@\"",
                        "sh",
                        java.toString(),
                        "-XX:-UsePerfData",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FullDisk.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        var records = reopen(file).records();
        assertThat(records).hasSizeGreaterThan(2).endsWith(entry("after"));
        assertThat(records.subList(0, records.size() - 1)).isEqualTo(entries(records.size() - 1));
    }
}
