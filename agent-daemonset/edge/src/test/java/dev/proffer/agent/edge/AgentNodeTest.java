package dev.proffer.agent.edge;

import static dev.proffer.agent.edge.FakeMaster.AGENT;
import static dev.proffer.agent.edge.FakeMaster.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.proffer.agent.edge.launcher.HinderedLauncher;
import dev.proffer.agent.edge.launcher.LauncherSource;
import dev.proffer.agent.edge.launcher.posix.PosixLauncher;
import dev.proffer.agent.edge.link.LinkSecurity;
import dev.proffer.agent.edge.problems.Problem;
import dev.proffer.model.Moment;
import dev.proffer.model.Ranges;
import dev.proffer.model.Resources;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentNodeTest {
    @TempDir
    Path state;

    private final Vertx vertx = Vertx.vertx();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> fatal = new CopyOnWriteArrayList<>();
    private final List<AgentNode> nodes = new ArrayList<>();
    private FakeMaster master;

    @BeforeEach
    void startMaster() throws IOException {
        master = new FakeMaster();
    }

    @AfterEach
    void stopAll() throws IOException {
        nodes.forEach(node -> {
            node.endTasks(PATIENCE);
            node.stop();
        });
        master.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        assertThat(fatal).isEmpty();
        assertThat(meters.getMeters()).isEmpty();
    }

    private AgentConfig config(int port) {
        return config(port, state);
    }

    private AgentConfig config(int port, Path stateFolder) {
        return config(port, stateFolder, Resources.EMPTY, PosixLauncher::new);
    }

    private AgentConfig config(Resources resources, LauncherSource launcher) {
        return config(0, state, resources, launcher);
    }

    private AgentConfig config(int port, Path stateFolder, Resources resources, LauncherSource launcher) {
        return new AgentConfig(
                "test",
                new NodeFacts("host-1", Optional.of("10.0.0.7"), "general", List.of(), Optional.empty()),
                "127.0.0.1",
                port,
                stateFolder,
                resources,
                Ranges.NONE,
                "0.1",
                Duration.ofSeconds(1),
                launcher,
                master::address,
                LinkSecurity.NONE,
                () -> new Moment(System.nanoTime(), Instant.now()),
                vertx,
                meters,
                fatal::add);
    }

    private AgentNode start() throws IOException {
        var node = AgentNode.start(config(0));
        nodes.add(node);
        return node;
    }

    private AgentNode registered() throws IOException {
        var node = start();
        await().atMost(PATIENCE).until(() -> node.snapshot().isRegistered());
        return node;
    }

    private void stop(AgentNode node) {
        nodes.remove(node);
        node.stop();
    }

    private static TaskInfo task(String id, String command) {
        return TaskInfo.newBuilder()
                .setName(id)
                .setTaskId(TaskID.newBuilder().setValue(id))
                .setAgentId(AgentID.newBuilder().setValue(AGENT))
                .setCommand(CommandInfo.newBuilder().setValue(command))
                .build();
    }

    private Path sandbox(String task) {
        return state.resolve("slaves/" + AGENT + "/frameworks/f1/executors/" + task + "/runs/latest");
    }

    private void awaitFile(Path file) {
        await().atMost(PATIENCE).until(() -> Files.exists(file));
    }

    @Test
    void registers() throws IOException {
        var node = registered();

        assertThat(node.health()).isEqualTo(new AgentHealth(true, true, true, ""));
        assertThat(node.snapshot().agentId()).contains(AGENT);
        var info = master.hellos().getFirst().getInfo();
        assertThat(info.getHostname()).isEqualTo("host-1");
        assertThat(info.getPort()).isEqualTo(node.port());
        assertThat(master.hellos().getFirst().getPool()).isEqualTo("general");
        assertThat(master.hellos().getFirst().getIp()).isEqualTo("10.0.0.7");
        assertThat(meters.get("proffer.agent.registered").gauge().value()).isEqualTo(1);
    }

    /** The problem goes away while it runs. */
    @Test
    void registersInSpiteOfAProblemAndOffersWhenItIsGone() throws IOException {
        var hindered = new AtomicBoolean(true);
        var problem = new Problem.CgroupsReadOnly("/sys/fs/cgroup");
        var node = AgentNode.start(config(
                Resources.parse("cpus:2"),
                agent -> new HinderedLauncher(
                        new PosixLauncher(agent), () -> hindered.get() ? List.of(problem) : List.of())));
        nodes.add(node);
        await().atMost(PATIENCE).until(() -> node.snapshot().isRegistered());
        var hello = master.hellos().getFirst();
        assertThat(hello.getInfo().getResourcesList()).isEmpty();
        assertThat(hello.getProblems(0).getName()).isEqualTo("CgroupsReadOnly");
        assertThat(node.health().ready()).isFalse();
        assertThat(node.health().trouble()).isEqualTo(problem.message());

        hindered.set(false);

        await().atMost(PATIENCE).until(() -> node.health().ready());
        var update = master.frames().stream()
                .filter(AgentFrame::hasUpdateCapacity)
                .toList()
                .getFirst()
                .getUpdateCapacity();
        assertThat(update.getProblemsList()).isEmpty();
        assertThat(update.getResources(0).getScalar().getValue()).isEqualTo(2);
    }

    @Test
    void runsATaskAndReportsItStepByStep() throws IOException {
        var node = registered();

        master.launch(task("t1", "echo hello"));

        master.awaitState("t1", TaskState.TASK_FINISHED);
        assertThat(master.states("t1"))
                .containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
        await().atMost(PATIENCE).until(() -> node.snapshot().tasks().isEmpty());
        assertThat(sandbox("t1").resolve("stdout")).hasContent("hello");
    }

    @Test
    void whatAnEndedTaskPrintedCanBeRead() throws IOException {
        var node = registered();
        master.launch(task("t1", "echo hello"));
        master.awaitState("t1", TaskState.TASK_FINISHED);
        await().atMost(PATIENCE).until(() -> node.snapshot().tasks().isEmpty());

        master.read("t1", "stdout");

        var content = await().atMost(PATIENCE)
                .until(
                        () -> master.frames().stream()
                                .filter(AgentFrame::hasFileContent)
                                .map(AgentFrame::getFileContent)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        assertThat(content.getData().toStringUtf8()).isEqualTo("hello\n");
        assertThat(content.getSize()).isEqualTo(6);
    }

    @Test
    void killsATask() throws IOException {
        registered();
        master.launch(task("t1", "sleep 1000"));
        master.awaitState("t1", TaskState.TASK_RUNNING);

        master.kill("t1");

        master.awaitState("t1", TaskState.TASK_KILLED);
    }

    @Test
    void comesBackWhenTheMasterHangsUp() throws IOException {
        var node = registered();
        master.hangUp();

        await().atMost(PATIENCE)
                .until(() -> master.hellos().size() == 2 && node.snapshot().isRegistered());
        assertThat(master.hellos().getLast().getInfo().getId().getValue()).isEqualTo(AGENT);
        assertThat(master.frames()).noneMatch(frame -> frame.getBodyCase() == AgentFrame.BodyCase.BODY_NOT_SET);
    }

    @Test
    void waitsWhileNoLeaderIsKnown() throws IOException {
        var leader = master.address();
        var known = new AtomicBoolean();
        var asked = new AtomicInteger();
        var config = config(0);
        var node = AgentNode.start(new AgentConfig(
                config.name(),
                config.node(),
                config.host(),
                0,
                state,
                config.resources(),
                Ranges.NONE,
                config.version(),
                config.killGrace(),
                config.launcher(),
                () -> {
                    asked.incrementAndGet();
                    return known.get() ? leader : Optional.empty();
                },
                config.security(),
                config.time(),
                vertx,
                meters,
                fatal::add));
        nodes.add(node);
        await().atMost(PATIENCE).until(() -> asked.get() > 3);
        assertThat(node.health().ready()).isFalse();
        assertThat(node.health().live()).isTrue();

        known.set(true);

        await().atMost(PATIENCE).until(() -> node.health().ready());
    }

    /** Fault 12: another agent on the same state folder, and the task does not notice. */
    @Test
    void tasksSurviveARestartOfTheirAgent() throws IOException {
        var first = registered();
        master.launch(task("t1", "echo before; while ! [ -e go ]; do sleep 0.05; done; echo after; exit 3"));
        master.awaitState("t1", TaskState.TASK_RUNNING);
        awaitFile(sandbox("t1").resolve("stdout"));
        await().atMost(PATIENCE).until(() -> first.snapshot().tasks().getFirst().unacknowledged() == 0);
        stop(first);
        master.forget();

        registered();

        assertThat(master.inventories().getLast().getTasksList())
                .singleElement()
                .satisfies(task -> assertThat(task.getState()).isEqualTo(TaskState.TASK_RUNNING));
        Files.createFile(sandbox("t1").resolve("go"));
        master.awaitState("t1", TaskState.TASK_FAILED);
        assertThat(master.states("t1")).containsExactly(TaskState.TASK_FAILED);
        assertThat(sandbox("t1").resolve("stdout")).hasContent("before\nafter");
    }

    @Test
    void reportsTheEndOfATaskThatEndedWithoutAnAgent() throws IOException {
        var first = registered();
        master.launch(task("t1", "while ! [ -e go ]; do sleep 0.05; done; echo done > end; exit 0"));
        master.awaitState("t1", TaskState.TASK_RUNNING);
        stop(first);
        Files.createFile(sandbox("t1").resolve("go"));
        awaitFile(sandbox("t1").resolve("end"));

        registered();

        master.awaitState("t1", TaskState.TASK_FINISHED);
    }

    @Test
    void repeatsWhatWasNotAcknowledgedAfterARestart() throws IOException {
        master.acknowledges(false);
        var first = registered();
        master.launch(task("t1", "exit 0"));
        await().atMost(PATIENCE)
                .until(() ->
                        first.snapshot().tasks().stream().anyMatch(task -> task.state() == TaskState.TASK_FINISHED));
        stop(first);
        var sent = master.states("t1");
        master.forget();
        master.acknowledges(true);

        registered();

        master.awaitState("t1", TaskState.TASK_FINISHED);
        assertThat(sent).containsExactly(TaskState.TASK_STARTING);
        assertThat(master.states("t1"))
                .containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
    }

    /** Fault 13, on the whole agent. */
    @Test
    void startsThoughTheEndOfItsJournalIsDamaged() throws IOException {
        stop(registered());
        Files.write(state.resolve("journal"), new byte[] {0, 0, 0, 9, 1, 2, 3}, StandardOpenOption.APPEND);

        registered();

        assertThat(master.hellos().getLast().getInfo().getId().getValue()).isEqualTo(AGENT);
    }

    @Test
    void stoppingWithPatienceEndsTasks() throws IOException {
        var node = registered();
        master.launch(task("t1", "trap '' TERM; echo $$ > pid.next; mv pid.next pid; while :; do sleep 0.1; done"));
        awaitFile(sandbox("t1").resolve("pid"));
        long pid = Long.parseLong(Files.readString(sandbox("t1").resolve("pid")).strip());

        node.endTasks(PATIENCE);
        stop(node);

        assertThat(node.snapshot().runningTasks()).isZero();
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void saysWhichPortIsTaken() throws IOException {
        int taken = registered().port();

        assertThatThrownBy(() -> AgentNode.start(config(taken, state.resolve("another"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(Integer.toString(taken));
    }

    @Test
    void twoAgentsDoNotShareAStateFolder() throws IOException {
        registered();

        assertThatThrownBy(() -> AgentNode.start(config(0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(state.toString());
    }
}
