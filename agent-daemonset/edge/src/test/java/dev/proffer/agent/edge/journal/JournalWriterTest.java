package dev.proffer.agent.edge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.journal.AgentMemory;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.link.TermHolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalWriterTest {
    private final FakeFile file = new FakeFile();
    private final BlockingQueue<AgentInput> answers = new LinkedBlockingQueue<>();
    private final JournalWriter writer = new JournalWriter("test", file, new AgentMemory(), answers::add);

    /** A disk that fails, or waits, when told to. */
    private static final class FakeFile implements JournalFile {
        private final List<JournalRecord> records = new ArrayList<>();
        private final Semaphore mayWrite = new Semaphore(1_000_000);
        private volatile boolean full;
        private final AtomicInteger writes = new AtomicInteger();
        private final AtomicInteger replacements = new AtomicInteger();
        private long bytes;

        @Override
        public long size() {
            return bytes;
        }

        @Override
        public void append(List<JournalRecord> added) throws IOException {
            mayWrite.acquireUninterruptibly();
            writes.incrementAndGet();
            if (full) {
                throw new IOException("no space left");
            }
            records.addAll(added);
            added.forEach(record -> bytes += record.getSerializedSize());
        }

        @Override
        public void replaceWith(List<JournalRecord> all) throws IOException {
            if (full) {
                throw new IOException("no space left");
            }
            replacements.incrementAndGet();
            records.clear();
            records.addAll(all);
            bytes = all.stream().mapToLong(JournalRecord::getSerializedSize).sum();
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void close() {
        file.mayWrite.release(1_000_000);
        writer.close();
    }

    private static JournalRecord term(long number, String holder) {
        return JournalRecord.newBuilder()
                .setAccepted(TermHolder.newBuilder().setTerm(number).setHolder(holder))
                .build();
    }

    private void persist(long number) {
        writer.persist(new AgentEffect.Persist(number, List.of(term(number, "master"))));
    }

    private AgentInput answer() throws InterruptedException {
        var answer = answers.poll(10, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        return answer;
    }

    @Test
    void whatWaitsIsSyncedAtOnce() throws InterruptedException {
        file.mayWrite.drainPermits();
        writer.start();
        persist(1);
        await().until(() -> file.mayWrite.hasQueuedThreads());
        for (int number = 2; number <= 100; number++) {
            persist(number);
        }
        file.mayWrite.release(2);

        assertThat(answer()).isEqualTo(new AgentInput.JournalSynced(1));
        assertThat(answer()).isEqualTo(new AgentInput.JournalSynced(100));
        assertThat(file.writes.get()).isEqualTo(2);
        assertThat(file.records).hasSize(100);
    }

    @Test
    void fullDiskIsReportedAndTheFileIsRewrittenWhenThereIsRoomAgain() throws InterruptedException {
        writer.start();
        persist(1);
        assertThat(answer()).isEqualTo(new AgentInput.JournalSynced(1));
        file.full = true;
        persist(2);
        assertThat(answer()).isEqualTo(new AgentInput.JournalFailed(2, "no space left"));
        assertThat(writer.isFailing()).isTrue();

        file.full = false;
        persist(3);

        assertThat(answer()).isEqualTo(new AgentInput.JournalSynced(3));
        await().until(() -> !writer.isFailing());
        assertThat(file.replacements.get()).isEqualTo(1);
        assertThat(file.records).containsExactly(term(1, "master"), term(3, "master"));
    }

    /** Else an agent whose disk was mended, but that has nothing to write, would never notice. */
    @Test
    void journalThatFailsIsTriedAgainOnRequest() throws InterruptedException {
        writer.start();
        file.full = true;
        persist(1);
        assertThat(answer()).isEqualTo(new AgentInput.JournalFailed(1, "no space left"));
        writer.retry();
        assertThat(writer.isFailing()).isTrue();

        file.full = false;
        writer.retry();

        await().until(() -> !writer.isFailing());
        assertThat(answers).isEmpty();
    }

    /** Such as the acceptance of a term that was accepted before. */
    @Test
    void fullDiskDoesNotStandInTheWayOfWhatIsThereAlready() throws InterruptedException {
        writer.start();
        file.full = true;
        persist(1);
        assertThat(answer()).isEqualTo(new AgentInput.JournalFailed(1, "no space left"));
        writer.persist(new AgentEffect.Persist(2, List.of()));

        assertThat(answer()).isEqualTo(new AgentInput.JournalSynced(2));
    }

    @Test
    void grownFileIsRewrittenWithWhatCounts() throws InterruptedException {
        writer.start();
        var longName = "x".repeat(100_000);
        for (int number = 1; number <= 12; number++) {
            writer.persist(new AgentEffect.Persist(number, List.of(term(number, longName))));
            assertThat(answer()).isEqualTo(new AgentInput.JournalSynced(number));
        }

        await().until(() -> file.replacements.get() == 1);
        assertThat(writer.bytes()).isLessThan(1 << 20);
    }
}
