package dev.proffer.master.edge.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.proffer.master.core.LinkId;
import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.MasterInput;
import dev.proffer.model.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The writer's loop: turned by hand under a fake clock where order matters, on its thread where threads do. */
class MasterWriterTest {
    private static final WriterSettings SETTINGS = new WriterSettings(4, 3, 2, Duration.ofMillis(100));

    private final FakeCore core = new FakeCore();
    private final FakeOwner owner = new FakeOwner();
    private volatile Moment now = new Moment(1_000, Instant.EPOCH);
    private final MasterWriter<String> writer = new MasterWriter<>(core, SETTINGS, () -> now, owner);

    @AfterEach
    void stop() {
        writer.close();
    }

    @Test
    void inputsAreAppliedInOrderAndTheirEffectsCarriedOutInOrder() {
        writer.offer(pong(1));
        writer.offer(pong(2));
        writer.turn();
        assertThat(core.applied).containsExactly(pong(1), pong(2));
        assertThat(owner.effects).containsExactly(effect(pong(1)), effect(pong(2)));
    }

    @Test
    void aFullInboxRefusesAllButTheEndsOfConnections() {
        for (int i = 0; i < 4; i++) {
            assertThat(writer.offer(pong(i))).isTrue();
        }
        assertThat(writer.offer(pong(4))).isFalse();
        writer.put(closed());
        assertThat(writer.inboxSize()).isEqualTo(5);
        writer.turn();
        writer.turn();
        assertThat(core.applied).endsWith(closed()).hasSize(5);
    }

    @Test
    void whoWaitsForRoomIsToldOnceWhenHalfOfItIsFree() {
        var told = new AtomicInteger();
        for (int i = 0; i < 4; i++) {
            writer.offer(pong(i));
        }
        writer.whenRoom(told::incrementAndGet);
        assertThat(told).hasValue(0);
        writer.turn(); // Takes three.
        assertThat(told).hasValue(1);
        writer.turn();
        assertThat(told).hasValue(1);
        writer.whenRoom(told::incrementAndGet);
        assertThat(told).hasValue(2);
    }

    @Test
    void theTimerFiresWhenItIsDueAfterWhatCameBefore() {
        core.deadline = 2_000;
        writer.offer(pong(1));
        writer.turn();
        assertThat(core.applied).containsExactly(pong(1));
        now = new Moment(2_000, Instant.EPOCH);
        writer.offer(pong(2));
        writer.turn();
        assertThat(core.applied).containsExactly(pong(1), pong(2), new MasterInput.TimerFired());
    }

    @Test
    void readersShareSnapshotsThatAreTakenSeldomAndNeverTooEarly() {
        writer.offer(pong(1));
        var early = writer.snapshot().toCompletableFuture();
        writer.turn();
        assertThat(early).isCompletedWithValue("after 1 inputs");

        writer.offer(pong(2));
        var first = writer.snapshot().toCompletableFuture();
        var second = writer.snapshot().toCompletableFuture();
        writer.turn();
        assertThat(first).isNotDone();
        now = now.plus(Duration.ofMillis(100));
        writer.turn();
        assertThat(first).isCompletedWithValue("after 2 inputs");
        assertThat(second).isCompletedWithValue("after 2 inputs");
        assertThat(core.snapshots).isEqualTo(2);
    }

    @Test
    void nobodyWaitsNoSnapshot() {
        writer.offer(pong(1));
        writer.turn();
        assertThat(core.snapshots).isZero();
    }

    @Test
    void tooManyReadersAreTurnedAway() {
        writer.snapshot();
        writer.snapshot();
        assertThat(writer.snapshot().toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void whoMayNotActWaitsUntilItMay() {
        core.deadline = 1_000;
        owner.mayAct = false;
        writer.offer(pong(1));
        var reader = writer.snapshot().toCompletableFuture();
        assertThat(writer.turn()).isFalse();
        assertThat(core.applied).isEmpty();
        assertThat(reader).isNotDone();
        owner.mayAct = true;
        assertThat(writer.turn()).isTrue();
        assertThat(core.applied).containsExactly(pong(1), new MasterInput.TimerFired());
        assertThat(reader).isDone();
    }

    @Test
    void whoWaitsForLeaveToActCanBeClosed() {
        var held = new FakeOwner();
        held.mayAct = false;
        var waiting = new MasterWriter<>(core, SETTINGS, MasterWriterTest::realNow, held);
        waiting.start();
        waiting.offer(pong(1));
        var reader = waiting.snapshot().toCompletableFuture();
        waiting.close();
        assertThat(core.applied).isEmpty();
        assertThatThrownBy(reader::join).hasCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void itsThreadServesInputsTimersAndReadersAsTheyCome() throws Exception {
        var running = new MasterWriter<>(core, SETTINGS, MasterWriterTest::realNow, owner);
        running.start();
        running.offer(pong(1));
        await().untilAsserted(() -> assertThat(core.applied).containsExactly(pong(1)));
        assertThat(running.snapshot().toCompletableFuture().get(5, TimeUnit.SECONDS))
                .isEqualTo("after 1 inputs");
        core.deadline = System.nanoTime() + Duration.ofMillis(50).toNanos();
        running.offer(pong(2)); // It looks at its timer again.
        await().untilAsserted(() -> assertThat(core.applied).endsWith(new MasterInput.TimerFired()));
        running.close();
        assertThat(running.offer(pong(3))).isFalse();
        assertThat(owner.broken).isEmpty();
    }

    @Test
    void aBrokenInvariantEndsItAtOnceAndLoudly() throws Exception {
        var running = new MasterWriter<>(core, SETTINGS, MasterWriterTest::realNow, owner);
        var entered = new CountDownLatch(1);
        var goOn = new CompletableFuture<Void>();
        core.onApply = () -> {
            entered.countDown();
            goOn.join();
            throw new IllegalStateException("books do not balance");
        };
        running.start();
        running.offer(pong(1));
        assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();
        running.offer(pong(2));
        goOn.complete(null);
        await().untilAsserted(() -> assertThat(owner.broken).hasSize(1));
        assertThat(core.applied).containsExactly(pong(1));
        assertThat(running.offer(pong(3))).isFalse();
    }

    private static MasterInput pong(long sequence) {
        return new MasterInput.AgentPong(new LinkId("l"), sequence);
    }

    private static MasterInput closed() {
        return new MasterInput.LinkClosed(new LinkId("l"), "gone");
    }

    private static MasterEffect effect(MasterInput input) {
        return new MasterEffect.CloseLink(new LinkId("l"), input.toString());
    }

    private static Moment realNow() {
        return new Moment(System.nanoTime(), Instant.EPOCH);
    }

    private static final class FakeCore implements StateMachine<String> {
        final List<MasterInput> applied = new CopyOnWriteArrayList<>();
        volatile long deadline = Long.MAX_VALUE;
        volatile Runnable onApply = () -> {};
        int snapshots;

        @Override
        public List<MasterEffect> apply(Moment now, MasterInput input) {
            applied.add(input);
            onApply.run();
            if (input instanceof MasterInput.TimerFired) {
                deadline = Long.MAX_VALUE;
                return List.of();
            }
            return List.of(effect(input));
        }

        @Override
        public long nextDeadline() {
            return deadline;
        }

        @Override
        public String snapshot() {
            snapshots++;
            return "after " + applied.size() + " inputs";
        }
    }

    private static final class FakeOwner implements WriterOwner {
        final List<MasterEffect> effects = new ArrayList<>();
        final List<Throwable> broken = new CopyOnWriteArrayList<>();
        volatile boolean mayAct = true;

        @Override
        public boolean mayAct(Moment now) {
            return mayAct;
        }

        @Override
        public void carryOut(MasterEffect effect) {
            effects.add(effect);
        }

        @Override
        public void broken(Throwable defect) {
            broken.add(defect);
        }
    }
}
