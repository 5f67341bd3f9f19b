package dev.proffer.agent.edge;

import static dev.proffer.agent.edge.FakeMaster.AGENT;
import static dev.proffer.agent.edge.FakeMaster.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.agent.edge.cgroups.CgroupPath;
import dev.proffer.agent.edge.cgroups.Cgroups;
import dev.proffer.agent.edge.launcher.Folders;
import dev.proffer.agent.edge.launcher.linux.LinuxLauncher;
import dev.proffer.agent.edge.launcher.linux.LinuxMachine;
import dev.proffer.agent.edge.link.LinkSecurity;
import dev.proffer.model.Moment;
import dev.proffer.model.Ranges;
import dev.proffer.model.Resources;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.Value;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole agent that runs tasks in containers. */
class ContainerNodeTest {
    private static final int TASKS = 6;
    private static final CgroupPath OWN =
            new CgroupPath("/proffer-node-" + ProcessHandle.current().pid());

    private final Vertx vertx = Vertx.vertx();
    private Path state;
    private Cgroups cgroups;
    private FakeMaster master;
    private AgentNode node;

    @BeforeEach
    void open() throws IOException {
        LinuxMachine.assumeItCan();
        cgroups = LinuxMachine.cgroups();
        state = Files.createTempDirectory(Path.of("/var/tmp"), "container-node");
        master = new FakeMaster();
        start();
    }

    private void start() throws IOException {
        node = AgentNode.start(new AgentConfig(
                "test",
                NodeFacts.named("host-1"),
                "127.0.0.1",
                0,
                state,
                Resources.EMPTY,
                Ranges.NONE,
                "0.1",
                Duration.ofSeconds(1),
                LinuxLauncher.source(LinuxMachine.config(OWN)),
                master::address,
                LinkSecurity.NONE,
                () -> new Moment(System.nanoTime(), Instant.now()),
                vertx,
                new SimpleMeterRegistry(),
                _ -> {}));
        await().atMost(PATIENCE).until(() -> node.snapshot().isRegistered());
    }

    @AfterEach
    void leaveNothing() throws IOException {
        if (node != null) {
            node.endTasks(PATIENCE);
            node.stop();
            master.close();
            assertThat(cgroups.children(OWN.child("proffer"))).containsExactly("_sup");
            await().until(() -> cgroups.processes(OWN).isEmpty());
            cgroups.remove(OWN);
            Folders.delete(state);
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static TaskInfo.Builder task(String id, String command) {
        return TaskInfo.newBuilder()
                .setName(id)
                .setTaskId(TaskID.newBuilder().setValue(id))
                .setAgentId(AgentID.newBuilder().setValue(AGENT))
                .setCommand(CommandInfo.newBuilder().setValue(command));
    }

    private Path sandbox(String task) {
        return state.resolve("slaves/" + AGENT + "/frameworks/f1/executors/" + task + "/runs/latest");
    }

    @Test
    void memoryLimitIsTheReasonThatTheFrameworkIsTold() throws IOException {
        master.launch(task("hog", "tail /dev/zero")
                .addResources(Resource.newBuilder()
                        .setName("mem")
                        .setType(Value.Type.SCALAR)
                        .setScalar(Value.Scalar.newBuilder().setValue(48)))
                .build());
        master.awaitState("hog", TaskState.TASK_FAILED);

        var status = master.frames().stream()
                .filter(AgentFrame::hasStatusUpdate)
                .map(frame -> frame.getStatusUpdate().getStatus())
                .filter(update -> update.getState() == TaskState.TASK_FAILED)
                .findFirst()
                .orElseThrow();
        assertThat(status.getReason()).isEqualTo(TaskStatus.Reason.REASON_CONTAINER_LIMITATION_MEMORY);
        assertThat(status.getMessage()).startsWith("Memory limit exceeded: Requested: 48MB Maximum Used: 4");
        assertThat(status.getLimitation().getResources(0).getScalar().getValue())
                .isEqualTo(48);
    }

    /** Half of them end while there is no agent. */
    @Test
    void tasksSurviveTheirAgentAndAllEndsAreTold() throws IOException {
        for (int i = 0; i < TASKS; i++) {
            master.launch(task("t" + i, "while [ ! -e go ]; do sleep 0.05; done; exit " + i % 2)
                    .build());
        }
        for (int i = 0; i < TASKS; i++) {
            master.awaitState("t" + i, TaskState.TASK_RUNNING);
        }
        node.stop();
        var pids = cgroups.processes(OWN);
        for (int i = 0; i < TASKS / 2; i++) {
            Files.createFile(sandbox("t" + i).resolve("go"));
        }

        start();
        for (int i = TASKS / 2; i < TASKS; i++) {
            Files.createFile(sandbox("t" + i).resolve("go"));
        }

        for (int i = 0; i < TASKS; i++) {
            master.awaitState("t" + i, i % 2 == 0 ? TaskState.TASK_FINISHED : TaskState.TASK_FAILED);
        }
        assertThat(pids).hasSizeGreaterThan(3 * TASKS);
        await().atMost(PATIENCE).until(() -> node.snapshot().tasks().isEmpty());
    }

    @Test
    void killEndsAllProcesses() throws IOException {
        master.launch(task("t", "trap '' TERM; setsid sleep 1000 & echo up; wait; sleep 1000")
                .build());
        master.awaitState("t", TaskState.TASK_RUNNING);
        await().atMost(PATIENCE).until(() -> Files.exists(sandbox("t").resolve("stdout")));

        master.kill("t");

        master.awaitState("t", TaskState.TASK_KILLED);
        await().atMost(PATIENCE)
                .until(() -> cgroups.children(OWN.child("proffer")).equals(List.of("_sup")));
    }
}
