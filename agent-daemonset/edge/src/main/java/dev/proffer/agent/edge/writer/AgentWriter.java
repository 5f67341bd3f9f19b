package dev.proffer.agent.edge.writer;

import dev.proffer.agent.core.AgentCore;
import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.AgentSnapshot;
import dev.proffer.agent.core.AgentStep;
import dev.proffer.model.Moment;
import dev.proffer.protocol.journal.JournalRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single writer: applies what came as one batch, syncs its records with one write, and only then has its effects carried
 * out. While the journal cannot be written (a full disk, say) effects wait and the write is tried again; running tasks do not
 * notice.
 */
public final class AgentWriter implements AutoCloseable {
    /** Where records go. */
    public interface Journal {
        void append(List<JournalRecord> records) throws IOException;

        /** Whether so much has been appended that it should be rewritten. */
        boolean wantsCompaction();

        void replaceWith(List<JournalRecord> records) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(AgentWriter.class);
    private static final int INBOX_CAPACITY = 65_536;
    private static final int BATCH = 1_024;
    private static final long IDLE_TURN_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Duration JOURNAL_RETRY = Duration.ofSeconds(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final AgentCore core;
    private final Journal journal;
    private final Supplier<Moment> time;
    private final Consumer<AgentEffect> effects;
    private final Consumer<Throwable> onBroken;
    private final BlockingQueue<AgentInput> inbox = new ArrayBlockingQueue<>(INBOX_CAPACITY);
    private final Thread thread;

    /** Records that are not on disk yet, and what waits for them. */
    private final List<JournalRecord> unsynced = new ArrayList<>();

    private final List<AgentEffect> held = new ArrayList<>();

    private volatile boolean stopped;
    private volatile boolean journalFails;
    private volatile Moment lastTurn;
    private volatile AgentSnapshot snapshot;

    /** @param onBroken told when the core breaks an invariant; the writer has ended then */
    public AgentWriter(
            String name,
            AgentCore core,
            Journal journal,
            Supplier<Moment> time,
            Consumer<AgentEffect> effects,
            Consumer<Throwable> onBroken) {
        this.core = core;
        this.journal = journal;
        this.time = time;
        this.effects = effects;
        this.onBroken = onBroken;
        this.lastTurn = time.get();
        this.snapshot = core.snapshot();
        this.thread = Thread.ofPlatform().name("agent-writer-" + name).daemon().unstarted(this::run);
    }

    /** @param first what recovery wants persisted and done before any input */
    public void start(AgentStep first) {
        take(first);
        thread.start();
    }

    /** Any thread but the writer's own; waits while the inbox is full, so that a socket's reader stops reading. */
    public void put(AgentInput input) {
        try {
            while (!stopped && !inbox.offer(input, 1, TimeUnit.SECONDS)) {
                LOG.debug("agent busy: {} inputs wait", inbox.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As of the last turn. Any thread. */
    public AgentSnapshot snapshot() {
        return snapshot;
    }

    /** Whether or not the journal could be written then. */
    public Moment lastTurn() {
        return lastTurn;
    }

    /** Whether records wait because the journal cannot be written. */
    public boolean journalFails() {
        return journalFails;
    }

    public int inboxSize() {
        return inbox.size();
    }

    @Override
    public void close() {
        stopped = true;
        // A full inbox wakes the writer as well. An interrupt would close the journal's file under a write.
        var _ = inbox.offer(new AgentInput.TimerFired());
        try {
            thread.join(STOP_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            var batch = new ArrayList<AgentInput>();
            while (!stopped) {
                var first = inbox.poll(nanosToDeadline(), TimeUnit.NANOSECONDS);
                if (first != null) {
                    batch.add(first);
                    inbox.drainTo(batch, BATCH - 1);
                }
                turn(batch);
                batch.clear();
            }
        } catch (InterruptedException closing) {
            LOG.debug("agent writer interrupted");
        } catch (RuntimeException | Error defect) {
            LOG.error("the agent's state cannot be trusted any more", defect);
            stopped = true;
            onBroken.accept(defect);
        }
    }

    private long nanosToDeadline() {
        if (journalFails) {
            return JOURNAL_RETRY.toNanos();
        }
        long now = time.get().nanos();
        long deadline = core.nextDeadline();
        return deadline <= now ? 0 : Math.min(deadline - now, IDLE_TURN_NANOS);
    }

    private void turn(List<AgentInput> batch) {
        var now = time.get();
        lastTurn = now;
        // 1. Apply what came, in order; then the timer.
        batch.forEach(input -> take(core.apply(now, input)));
        if (now.reached(core.nextDeadline())) {
            take(core.apply(now, new AgentInput.TimerFired()));
        }
        // 2. Sync what must not be forgotten, all of it at once.
        if (!sync()) {
            return;
        }
        // 3. Only now act on it.
        snapshot = core.snapshot();
        var due = List.copyOf(held);
        held.clear();
        due.forEach(effects);
        compact();
    }

    private void take(AgentStep step) {
        unsynced.addAll(step.records());
        held.addAll(step.effects());
    }

    private boolean sync() {
        try {
            journal.append(unsynced);
            unsynced.clear();
            journalFails = false;
            return true;
        } catch (IOException e) {
            if (!journalFails) {
                LOG.error("the journal cannot be written; nothing is started or reported until it can", e);
            }
            journalFails = true;
            return false;
        }
    }

    private void compact() {
        if (!journal.wantsCompaction()) {
            return;
        }
        try {
            journal.replaceWith(core.journal());
        } catch (IOException e) {
            LOG.warn("the journal could not be compacted and goes on as it is", e);
        }
    }
}
