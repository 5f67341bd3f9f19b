package dev.proffer.frameworks.hello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.sdk.Termination;
import dev.proffer.sdk.testing.ScriptedMaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hello without a cluster: a scripted master offers, and says what became of the tasks. */
class HelloSchedulerTest {
    private static final String PLENTY = "cpus:4;mem:4096";

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();

    @Test
    void runsFiveTasksTwoOnEachOffer() throws IOException {
        var master = started();

        master.offer("a", PLENTY);
        assertThat(master.launched()).hasSize(2);
        master.offer("b", PLENTY);
        master.offer("c", PLENTY);
        for (var task : master.launched()) {
            master.update(task.getTaskId().getValue(), TaskState.TASK_RUNNING);
            master.update(task.getTaskId().getValue(), TaskState.TASK_FINISHED);
        }

        assertThat(master.termination().orElseThrow().cause()).isEqualTo(Termination.Cause.TORN_DOWN);
        assertThat(lines)
                .startsWith(
                        "registered with id framework-1",
                        "offer offer-1 from agent a with cpus:4.0 mem:4096.0",
                        "task 1 launched",
                        "task 2 launched",
                        "offer offer-2 from agent b with cpus:4.0 mem:4096.0")
                .endsWith("task 5 TASK_RUNNING", "task 5 TASK_FINISHED");
    }

    @Test
    void wantsNoMoreOffersOnceAllIsLaunched() throws IOException {
        var master = started();
        launchAll(master);

        assertThat(master.calls(Call.Type.SUPPRESS)).hasSize(1);
    }

    @Test
    void declinesAnOfferThatIsTooSmall() throws IOException {
        var master = started();

        master.offer("a", "cpus:0.05;mem:4096");

        assertThat(master.launched()).isEmpty();
        assertThat(master.calls(Call.Type.DECLINE)).hasSize(1);
    }

    @Test
    void endsWithTheReasonWhenATaskFails() throws IOException {
        var scheduler = new HelloScheduler(progress(), "true", lines::add);
        var master = new ScriptedMaster(scheduler);
        master.start();
        master.offer("a", PLENTY);

        master.update(status("hello-1", TaskState.TASK_FAILED)
                .setMessage("Command exited with status 1")
                .setReason(TaskStatus.Reason.REASON_EXECUTOR_TERMINATED)
                .build());

        assertThat(scheduler.failure())
                .hasValue("task 1 ended as TASK_FAILED (REASON_EXECUTOR_TERMINATED): Command exited with status 1");
        assertThat(master.termination()).isPresent();
    }

    @Test
    void launchesADroppedTaskAgainUnderANewId() throws IOException {
        var master = started();
        launchAll(master);

        master.update(status("hello-2", TaskState.TASK_DROPPED).build());
        assertThat(master.calls(Call.Type.REVIVE)).hasSize(1);
        master.offer("d", PLENTY);

        assertThat(master.launched())
                .last()
                .satisfies(task -> assertThat(task.getTaskId().getValue()).isEqualTo("hello-2-again-1"));
    }

    @Test
    void doesNotTryADroppedTaskForEver() throws IOException {
        var scheduler = new HelloScheduler(progress(), "true", lines::add);
        var master = new ScriptedMaster(scheduler);
        master.start();
        for (int i = 0; i < 5; i++) {
            assertThat(scheduler.failure()).isEmpty();
            master.offer("a", PLENTY);
            var first = master.launched().stream()
                    .filter(task -> task.getTaskId().getValue().startsWith("hello-1"))
                    .toList()
                    .getLast();
            master.update(
                    status(first.getTaskId().getValue(), TaskState.TASK_DROPPED).build());
        }

        assertThat(scheduler.failure())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("task 1 ended as TASK_DROPPED"));
    }

    @Test
    void goesOnWhereAnEarlierRunWas() throws IOException {
        var first = started();
        first.offer("a", PLENTY);
        first.offer("b", PLENTY);
        first.update("hello-1", TaskState.TASK_FINISHED);
        first.update("hello-2", TaskState.TASK_RUNNING);
        lines.clear();

        assertThat(progress().frameworkId()).hasValue("framework-1");
        var second = started();
        assertThat(second.calls(Call.Type.RECONCILE).getFirst().getReconcile().getTasksList())
                .extracting(task ->
                        task.getTaskId().getValue() + "@" + task.getAgentId().getValue())
                .containsExactly("hello-2@a", "hello-3@b", "hello-4@b");
        second.update(status("hello-2", TaskState.TASK_FINISHED).build());
        second.update(status("hello-3", TaskState.TASK_FINISHED).build());
        second.update(reconciled("hello-4", TaskState.TASK_GONE));
        second.offer("c", PLENTY);

        assertThat(second.launched())
                .extracting(task -> task.getTaskId().getValue())
                .containsExactly("hello-4-again-1", "hello-5");
    }

    @Test
    void aStartedTaskThatNobodyKnowsAnyMoreIsLost() throws IOException {
        var scheduler = new HelloScheduler(progress(), "true", lines::add);
        var master = new ScriptedMaster(scheduler);
        master.start();
        master.offer("a", PLENTY);
        master.update("hello-1", TaskState.TASK_RUNNING);

        master.update(reconciled("hello-1", TaskState.TASK_GONE));

        assertThat(scheduler.failure()).isPresent();
    }

    @Test
    void saysWhenTheConnectionBreaksAndWaits() throws IOException {
        var master = started();

        master.breakStream("reset");
        master.passTime(Duration.ofMinutes(1));

        assertThat(lines)
                .containsExactly(
                        "registered with id framework-1", "disconnected: reset", "registered with id framework-1");
    }

    @Test
    void aStateFileThatItDidNotWriteIsRefused() throws IOException {
        Files.writeString(folder.resolve("state"), "gibberish\n");

        assertThat(org.assertj.core.api.Assertions.catchThrowable(this::progress))
                .hasMessageContaining("gibberish");
    }

    private ScriptedMaster started() throws IOException {
        var master = new ScriptedMaster(new HelloScheduler(progress(), "true", lines::add));
        master.start();
        return master;
    }

    private static void launchAll(ScriptedMaster master) {
        master.offer("a", PLENTY);
        master.offer("b", PLENTY);
        master.offer("c", PLENTY);
    }

    private Progress progress() throws IOException {
        String[] arguments = {"--state-file", folder.resolve("state").toString()};
        return Progress.of(HelloOptions.parse(arguments, Optional.of("localhost:5050")));
    }

    private static TaskStatus reconciled(String task, TaskState state) {
        return status(task, state)
                .setReason(TaskStatus.Reason.REASON_RECONCILIATION)
                .build();
    }

    private static TaskStatus.Builder status(String task, TaskState state) {
        return TaskStatus.newBuilder()
                .setTaskId(TaskID.newBuilder().setValue(task))
                .setAgentId(AgentID.newBuilder().setValue("a"))
                .setState(state);
    }
}
