package dev.proffer.master.edge.writer;

import dev.proffer.master.core.MasterInput;
import dev.proffer.model.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single writer of one term. Its thread applies inputs in the order in which they came, has their effects carried out
 * in the order in which the core named them, fires the core's timer, and takes snapshots when readers wait.
 *
 * <p>Whatever the core or the effects throw is a broken invariant: it ends the writer at once, and the owner is told.
 *
 * @param <S> what readers see; immutable
 */
public final class MasterWriter<S> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MasterWriter.class);
    private static final long IDLE_TURN_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Duration HELD_UP = Duration.ofMillis(20);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final StateMachine<S> core;
    private final WriterSettings settings;
    private final Supplier<Moment> time;
    private final WriterOwner owner;
    private final Inbox inbox;
    private final SnapshotDesk<S> desk;
    private final List<MasterInput> batch = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().name("master-writer").unstarted(this::run);

    private volatile boolean ended;
    private volatile WriterFigures figures;

    public MasterWriter(StateMachine<S> core, WriterSettings settings, Supplier<Moment> time, WriterOwner owner) {
        this.core = core;
        this.settings = settings;
        this.time = time;
        this.owner = owner;
        this.inbox = new Inbox(settings.inboxCapacity());
        this.desk = new SnapshotDesk<>(settings.waitingReaders(), settings.snapshotInterval(), core::snapshot);
        this.figures = new WriterFigures(0, 0, 0, time.get());
    }

    public void start() {
        thread.start();
    }

    /** Any thread. False when the inbox is full or the writer has ended: the input was not taken. */
    public boolean offer(MasterInput input) {
        return inbox.offer(input);
    }

    /** Any thread. The end of a connection: it has room however full the inbox is. */
    public void put(MasterInput end) {
        inbox.put(end);
    }

    /** Any thread. Runs {@code then} once when the inbox is at most half full: at once, or on the writer's thread. */
    public void whenRoom(Runnable then) {
        inbox.whenRoom(then);
    }

    /**
     * Any thread. A snapshot that reflects every call answered by now. It completes on the writer's thread: go elsewhere
     * before doing anything with it. Fails with a RejectedExecutionException when too many wait or the writer has ended.
     */
    public CompletionStage<S> snapshot() {
        var snapshot = desk.queue();
        inbox.nudge();
        return snapshot;
    }

    public int inboxSize() {
        return inbox.size();
    }

    public WriterFigures figures() {
        return figures;
    }

    /** Ends the writer; what waits in the inbox is dropped. Any thread, the writer's included. */
    @Override
    public void close() {
        ended = true;
        inbox.close();
        if (thread.isAlive() && !thread.equals(Thread.currentThread())) {
            try {
                thread.join(STOP_PATIENCE);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether nothing is applied any more. */
    public boolean hasEnded() {
        return !thread.isAlive() || (ended && thread.equals(Thread.currentThread()));
    }

    private void run() {
        try {
            while (!ended) {
                inbox.await(nanosToDeadline());
                if (!turn()) {
                    Thread.sleep(HELD_UP);
                }
            }
        } catch (InterruptedException stopped) {
            LOG.debug("writer interrupted");
        } catch (Throwable defect) {
            LOG.error("the master's state cannot be trusted any more", defect);
            end();
            owner.broken(defect);
        } finally {
            end();
        }
    }

    private void end() {
        ended = true;
        inbox.close();
        desk.close();
    }

    private long nanosToDeadline() {
        long now = time.get().nanos();
        long deadline = Math.min(core.nextDeadline(), desk.nextDeadline());
        return deadline <= now ? 0 : Math.min(deadline - now, IDLE_TURN_NANOS);
    }

    /** Once round the loop: never waits. False if it may not act now. */
    boolean turn() {
        var now = time.get();
        // 1. Only a leader acts. Who was held up waits until the election knows whether this is still one.
        if (!owner.mayAct(now)) {
            return false;
        }
        // 2. Apply what came, in order.
        inbox.drainTo(batch, settings.batch());
        int inputs = batch.size();
        for (var input : batch) {
            apply(now, input);
        }
        batch.clear();
        // 3. Then the timer, so that it sees all that came before it.
        boolean due = now.reached(core.nextDeadline());
        if (due) {
            apply(now, new MasterInput.TimerFired());
        }
        // 4. Serve the readers that wait.
        desk.serve(now);
        account(now, inputs, due);
        return true;
    }

    private void apply(Moment now, MasterInput input) {
        core.apply(now, input).forEach(owner::carryOut);
    }

    private void account(Moment now, int inputs, boolean due) {
        boolean busy = inputs > 0 || due;
        var before = figures;
        figures = busy
                ? new WriterFigures(
                        before.turns() + 1,
                        before.busyNanos() + time.get().nanos() - now.nanos(),
                        before.inputs() + inputs,
                        now)
                : new WriterFigures(before.turns(), before.busyNanos(), before.inputs(), now);
    }
}
