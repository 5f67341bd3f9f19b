package dev.proffer.agent.edge.journal;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.journal.AgentMemory;
import dev.proffer.agent.edge.problems.DiskCheck;
import dev.proffer.protocol.journal.JournalRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the core wants persisted, on a thread of its own: all that waits is synced at once. The file is rewritten when
 * most of it is about tasks that are gone, and after a write that failed, since nobody knows what of it reached the disk.
 */
public final class JournalWriter implements DiskCheck.Journal, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final long SMALL_BYTES = 1 << 20;
    private static final int GROWTH = 4;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final JournalFile file;
    private final AgentMemory memory;
    private final Consumer<AgentInput> inbox;
    private final LinkedBlockingQueue<Order> orders = new LinkedBlockingQueue<>();
    private final AtomicLong syncs = new AtomicLong();
    private final Thread thread;
    private long compactedBytes;

    private volatile boolean failing;
    private volatile long bytes;

    /** What the thread is to do. */
    private sealed interface Order {
        record Write(AgentEffect.Persist persist) implements Order {}

        /** After a failure, though nothing waits to be written. */
        record TryAgain() implements Order {}

        record Stop() implements Order {}
    }

    /**
     * @param memory what the file holds; from now on only this writer's
     * @param inbox told on this writer's thread; must not block
     */
    public JournalWriter(String name, JournalFile file, AgentMemory memory, Consumer<AgentInput> inbox) {
        this.file = file;
        this.memory = memory;
        this.inbox = inbox;
        this.compactedBytes = file.size();
        this.bytes = file.size();
        this.thread = Thread.ofPlatform().name("agent-journal-" + name).daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Any thread. Answered by JournalSynced or JournalFailed. There are no more of these than tasks make events. */
    public void persist(AgentEffect.Persist persist) {
        orders.add(new Order.Write(persist));
    }

    /** Any thread. */
    @Override
    public boolean isFailing() {
        return failing;
    }

    /** Has a journal that fails tried again, though nobody has anything to write. Any thread. */
    @Override
    public void retry() {
        if (failing) {
            orders.add(new Order.TryAgain());
        }
    }

    /** The file's size. */
    public long bytes() {
        return bytes;
    }

    public long syncs() {
        return syncs.get();
    }

    /** Writes what waits, and ends. */
    @Override
    public void close() {
        orders.add(new Order.Stop());
        try {
            thread.join(STOP_PATIENCE);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var group = new ArrayList<Order>();
        boolean stopping = false;
        try {
            while (!stopping) {
                group.add(orders.take());
                orders.drainTo(group);
                stopping = group.stream().anyMatch(order -> order instanceof Order.Stop);
                if (group.stream().anyMatch(order -> order instanceof Order.TryAgain)) {
                    recover();
                }
                write(group.stream()
                        .filter(Order.Write.class::isInstance)
                        .map(order -> ((Order.Write) order).persist())
                        .toList());
                group.clear();
            }
            file.close();
        } catch (InterruptedException hurried) {
            LOG.debug("journal writer interrupted");
        } catch (IOException e) {
            LOG.warn("the journal was not closed in order", e);
        }
    }

    private void write(List<AgentEffect.Persist> group) {
        if (group.isEmpty()) {
            return;
        }
        long through = group.getLast().number();
        var records =
                group.stream().flatMap(persist -> persist.records().stream()).toList();
        if (records.isEmpty()) {
            inbox.accept(new AgentInput.JournalSynced(through)); // What was synced before is on disk all the same.
            return;
        }
        try {
            if (failing) {
                file.replaceWith(memory.records());
            }
            append(records);
            inbox.accept(new AgentInput.JournalSynced(through));
        } catch (IOException e) {
            if (!failing) {
                LOG.error("the journal cannot be written: nothing is started or reported until it can", e);
            }
            failing = true;
            inbox.accept(new AgentInput.JournalFailed(through, String.valueOf(e.getMessage())));
            return;
        }
        succeeded();
        compact();
    }

    private void recover() {
        if (!failing) {
            return;
        }
        try {
            file.replaceWith(memory.records());
            bytes = file.size();
            succeeded();
        } catch (IOException e) {
            LOG.debug("the journal still cannot be written", e);
        }
    }

    private void succeeded() {
        if (failing) {
            LOG.info("the journal can be written again");
            failing = false;
        }
    }

    private void append(List<JournalRecord> records) throws IOException {
        file.append(records);
        syncs.incrementAndGet();
        records.forEach(memory::apply);
        bytes = file.size();
    }

    private void compact() {
        if (file.size() <= Math.max(SMALL_BYTES, GROWTH * compactedBytes)) {
            return;
        }
        try {
            file.replaceWith(memory.records());
        } catch (IOException e) {
            LOG.warn("the journal could not be compacted and goes on as it is", e);
        }
        // Also when it failed: the next try then waits until the file has grown again.
        compactedBytes = file.size();
        bytes = file.size();
    }
}
