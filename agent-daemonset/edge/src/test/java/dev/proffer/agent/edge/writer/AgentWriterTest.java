package dev.proffer.agent.edge.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.agent.core.AgentCore;
import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.AgentSettings;
import dev.proffer.model.Moment;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.link.Welcome;
import dev.proffer.protocol.v1.AgentInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentWriterTest {
    private final List<AgentEffect> effects = new CopyOnWriteArrayList<>();
    private final List<Throwable> defects = new CopyOnWriteArrayList<>();
    private final TestJournal journal = new TestJournal();
    private Consumer<AgentEffect> carryOut = effects::add;
    private @Nullable AgentWriter writer;

    private AgentWriter start() {
        var settings = new AgentSettings(
                AgentInfo.newBuilder().setHostname("host").build(),
                List.of(),
                "0.1",
                "boot",
                Optional.empty(),
                Duration.ofSeconds(3));
        var core = new AgentCore(settings, new SplittableRandom(1));
        var started = new AgentWriter(
                "test",
                core,
                journal,
                () -> new Moment(System.nanoTime(), Instant.now()),
                effect -> carryOut.accept(effect),
                defects::add);
        writer = started;
        started.start(core.recover(new Moment(System.nanoTime(), Instant.now()), List.of(), (_, _) -> {
            throw new AssertionError("there is no task");
        }));
        return started;
    }

    @AfterEach
    void close() {
        if (writer != null) {
            writer.close();
        }
    }

    private static AgentInput welcome() {
        return new AgentInput.FrameReceived(
                1,
                MasterFrame.newBuilder()
                        .setWelcome(Welcome.newBuilder()
                                .setLeader(TermHolder.newBuilder().setTerm(3).setHolder("m"))
                                .setSession("s")
                                .setClusterUid("c"))
                        .build());
    }

    private long sends() {
        return effects.stream().filter(AgentEffect.Send.class::isInstance).count();
    }

    @Test
    void dialsWithoutBeingAsked() {
        start();

        await().until(() -> effects.contains(new AgentEffect.Dial(1)));
    }

    /** Fault 25: a full disk, and then room again. */
    @Test
    void actsOnNothingThatIsNotOnDisk() {
        var agent = start();
        await().until(() -> effects.contains(new AgentEffect.Dial(1)));
        agent.put(new AgentInput.LinkOpened(1));
        await().until(() -> sends() == 1);
        journal.isFull = true;

        agent.put(welcome());

        await().until(agent::journalFails);
        int tries = journal.failures;
        await().until(() -> journal.failures > tries);
        assertThat(sends()).isEqualTo(1);
        assertThat(agent.snapshot().leader()).isEmpty();

        journal.isFull = false;

        await().until(() -> sends() == 2);
        assertThat(agent.journalFails()).isFalse();
        assertThat(journal.records)
                .singleElement()
                .satisfies(entry -> assertThat(entry.hasAccepted()).isTrue());
        assertThat(agent.snapshot().leader()).isPresent();
    }

    @Test
    void comesRoundThoughTheDiskIsFull() {
        var agent = start();
        await().until(() -> effects.contains(new AgentEffect.Dial(1)));
        agent.put(new AgentInput.LinkOpened(1));
        journal.isFull = true;
        agent.put(welcome());
        await().until(agent::journalFails);
        var before = agent.lastTurn();

        await().until(() -> agent.lastTurn().nanos() > before.nanos());

        assertThat(agent.journalFails()).isTrue();
    }

    @Test
    void rewritesTheJournalWhenItHasGrown() {
        var agent = start();
        journal.wantsCompaction = true;
        await().until(() -> effects.contains(new AgentEffect.Dial(1)));
        agent.put(new AgentInput.LinkOpened(1));
        agent.put(welcome());

        await().until(() -> journal.replacements > 0);
        assertThat(journal.records)
                .singleElement()
                .satisfies(entry -> assertThat(entry.hasAccepted()).isTrue());
    }

    @Test
    void saysSoAndEndsWhenSomethingBreaks() {
        carryOut = _ -> {
            throw new IllegalStateException("broken");
        };
        var agent = start();

        await().until(() -> defects.size() == 1);
        assertThat(defects.getFirst()).hasMessage("broken");
        agent.put(new AgentInput.TimerFired()); // Does not hang.
    }

    @Test
    void stopsWithoutDisturbingAWrite() {
        var agent = start();
        await().until(() -> effects.contains(new AgentEffect.Dial(1)));

        agent.close();

        assertThat(agent.journalFails()).isFalse();
        assertThat(defects).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("agent-writer-test"));
    }

    private static final class TestJournal implements AgentWriter.Journal {
        private final List<JournalRecord> records = new CopyOnWriteArrayList<>();
        private volatile boolean isFull;
        private volatile boolean wantsCompaction;
        private volatile int failures;
        private volatile int replacements;

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // The writer's thread alone.
        public void append(List<JournalRecord> added) throws IOException {
            if (isFull && !added.isEmpty()) {
                failures++;
                throw new IOException("no space left on device");
            }
            records.addAll(added);
        }

        @Override
        public boolean wantsCompaction() {
            return wantsCompaction && !records.isEmpty();
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // The writer's thread alone.
        public void replaceWith(List<JournalRecord> all) {
            wantsCompaction = false;
            records.clear();
            records.addAll(all);
            replacements++;
        }
    }
}
