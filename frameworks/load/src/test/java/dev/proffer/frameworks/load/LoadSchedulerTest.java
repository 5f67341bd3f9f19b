package dev.proffer.frameworks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.sdk.Termination;
import dev.proffer.sdk.testing.ScriptedMaster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The load generator without a cluster, on a clock that stands still unless told. */
class LoadSchedulerTest {
    private static final String PLENTY = "cpus:100;mem:100000";

    private final List<String> lines = new ArrayList<>();
    private long nanos;

    @Test
    void launchesNoMoreThanTheRateAllows() {
        var scheduler = scheduler("--rate", "3", "--running", "100");
        var master = started(scheduler);

        master.offer("a", PLENTY);
        assertThat(master.launched()).hasSize(3);
        master.offer("a", PLENTY);
        assertThat(master.launched()).hasSize(3);
        nanos += Duration.ofSeconds(2).toNanos();
        master.offer("a", PLENTY);

        assertThat(master.launched()).hasSize(9);
    }

    @Test
    void launchesNoMoreThanFitsAnOffer() {
        var scheduler = scheduler("--rate", "100", "--cpus", "2", "--mem", "10");
        var master = started(scheduler);

        master.offer("a", "cpus:5;mem:1000");

        assertThat(master.launched()).hasSize(2);
    }

    @Test
    void wantsNoOffersWhileEnoughTasksRunAndOffersAgainWhenOneEnds() {
        var scheduler = scheduler("--rate", "100", "--running", "2");
        var master = started(scheduler);

        master.offer("a", PLENTY);
        scheduler.tick();
        assertThat(master.calls(Call.Type.SUPPRESS)).hasSize(1);
        assertThat(master.calls(Call.Type.REVIVE)).isEmpty();
        end(master, "load-1", TaskState.TASK_FINISHED);
        scheduler.tick();

        assertThat(master.calls(Call.Type.REVIVE)).hasSize(1);
        master.offer("a", PLENTY);
        assertThat(master.launched()).hasSize(3);
    }

    @Test
    void launchesAnotherInPlaceOfOneThatWasDropped() {
        var scheduler = scheduler("--tasks", "1");
        var master = started(scheduler);
        master.offer("a", PLENTY);

        master.update("load-1", TaskState.TASK_DROPPED);
        assertThat(scheduler.isComplete()).isFalse();
        master.offer("a", PLENTY);
        end(master, "load-2", TaskState.TASK_FINISHED);

        assertThat(scheduler.isComplete()).isTrue();
        assertThat(master.termination().orElseThrow().cause()).isEqualTo(Termination.Cause.TORN_DOWN);
    }

    @Test
    void saysHowTheTasksFare() {
        var scheduler = scheduler("--tasks", "10");
        var master = started(scheduler);
        master.offer("a", PLENTY);

        master.update("load-1", TaskState.TASK_RUNNING);
        end(master, "load-2", TaskState.TASK_FINISHED);
        end(master, "load-3", TaskState.TASK_FAILED);
        master.update("load-4", TaskState.TASK_UNREACHABLE);
        end(master, "load-5", TaskState.TASK_GONE);
        end(master, "load-6", TaskState.TASK_KILLED);
        scheduler.tick();

        assertThat(lines)
                .endsWith(
                        "launched=10 underway=6 running=1 unreachable=1 finished=1 failed=1 killed=1 lost=1 dropped=0");
    }

    @Test
    void asksAfterItsTasksWhenTheConnectionIsBack() {
        var scheduler = scheduler("--rate", "2");
        var master = started(scheduler);
        master.offer("a", PLENTY);

        master.breakStream("gone");
        master.passTime(Duration.ofSeconds(30));

        assertThat(master.calls(Call.Type.RECONCILE).getLast().getReconcile().getTasksList())
                .extracting(task -> task.getTaskId().getValue())
                .containsExactly("load-1", "load-2");
    }

    private LoadScheduler scheduler(String... arguments) {
        return new LoadScheduler(LoadOptions.parse(arguments, Map.of()), () -> nanos, lines::add);
    }

    private static ScriptedMaster started(LoadScheduler scheduler) {
        var master = new ScriptedMaster(scheduler);
        master.start();
        return master;
    }

    private static void end(ScriptedMaster master, String task, TaskState state) {
        master.update(task, TaskState.TASK_RUNNING);
        master.update(task, state);
    }
}
