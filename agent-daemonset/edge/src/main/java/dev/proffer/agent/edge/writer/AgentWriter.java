package dev.proffer.agent.edge.writer;

import dev.proffer.agent.core.AgentCore;
import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.AgentSnapshot;
import dev.proffer.model.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single writer: its thread applies inputs in the order in which they came, and has their effects carried out in the
 * order in which the core named them. It never waits for the disk or the network.
 *
 * <p>An input at which the core breaks an invariant is reported and counted, and the writer goes on: an agent that gave up
 * would lose sight of tasks that run.
 */
public final class AgentWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentWriter.class);
    private static final int INBOX_CAPACITY = 16_384;
    private static final int BATCH = 1_024;
    private static final long IDLE_TURN_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Duration SNAPSHOT_INTERVAL = Duration.ofMillis(10);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final AgentCore core;
    private final Supplier<Moment> time;
    private final Consumer<AgentEffect> effects;
    private final Inbox inbox = new Inbox(INBOX_CAPACITY);
    private final List<AgentInput> batch = new ArrayList<>();
    private final AtomicLong defects = new AtomicLong();
    private final Thread thread;

    private boolean unseen;
    private long nextSnapshot = Long.MIN_VALUE;

    private volatile boolean stopped;
    private volatile Moment lastTurn;
    private volatile AgentSnapshot snapshot;

    /** @param effects called on the writer's thread; must not block */
    public AgentWriter(String name, AgentCore core, Supplier<Moment> time, Consumer<AgentEffect> effects) {
        this.core = core;
        this.time = time;
        this.effects = effects;
        this.lastTurn = time.get();
        this.snapshot = core.snapshot();
        this.thread = Thread.ofPlatform().name("agent-writer-" + name).daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Any thread but the writer's: waits while the inbox is full, so that a socket's reader stops reading. */
    public void putWaiting(AgentInput input) {
        inbox.putWaiting(input);
    }

    /** Any thread: what answers an effect always has room. */
    public void put(AgentInput input) {
        inbox.put(input);
    }

    /** As of some milliseconds ago at most. Any thread. */
    public AgentSnapshot snapshot() {
        return snapshot;
    }

    /** When it last went round: long ago means that it hangs. */
    public Moment lastTurn() {
        return lastTurn;
    }

    public int inboxSize() {
        return inbox.size();
    }

    /** Inputs at which the core broke an invariant. */
    public long defects() {
        return defects.get();
    }

    /** Ends the writer; what waits is dropped. Any thread but its own. */
    @Override
    public void close() {
        stopped = true;
        inbox.close();
        try {
            thread.join(STOP_PATIENCE);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopped) {
                inbox.await(nanosToDeadline());
                turn();
            }
        } catch (InterruptedException closing) {
            LOG.debug("agent writer interrupted");
        } finally {
            snapshot = core.snapshot(); // The last word: turns before may have gone unseen.
        }
    }

    private long nanosToDeadline() {
        long now = time.get().nanos();
        long deadline = unseen ? Math.min(core.nextDeadline(), nextSnapshot) : core.nextDeadline();
        return deadline <= now ? 0 : Math.min(deadline - now, IDLE_TURN_NANOS);
    }

    private void turn() {
        var now = time.get();
        // 1. Apply what came, in order.
        inbox.drainTo(batch, BATCH);
        batch.forEach(input -> apply(now, input));
        // 2. Then the timers, so that they see all that came before them.
        boolean due = now.reached(core.nextDeadline());
        if (due) {
            apply(now, new AgentInput.TimerFired());
        }
        unseen |= due || !batch.isEmpty();
        batch.clear();
        // 3. Let readers see it, though not every step: it costs as much as there are tasks.
        if (unseen && now.reached(nextSnapshot)) {
            snapshot = core.snapshot();
            unseen = false;
            nextSnapshot = now.deadline(SNAPSHOT_INTERVAL);
        }
        lastTurn = now;
    }

    private void apply(Moment now, AgentInput input) {
        try {
            core.apply(now, input).forEach(effects);
        } catch (RuntimeException defect) {
            defects.incrementAndGet();
            LOG.error("input not applied kind={}", input.getClass().getSimpleName(), defect);
        }
    }
}
