package dev.proffer.agent.edge.launcher.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.ExitStatus;
import dev.proffer.agent.edge.launcher.LaunchOrders;
import dev.proffer.agent.edge.launcher.Processes;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Real processes. */
class PosixLauncherTest {
    private static final ProcessHandle NONE = ProcessHandle.current();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final BlockingQueue<AgentInput> reports = new LinkedBlockingQueue<>();
    private Path sandbox;
    private PosixLauncher launcher;

    @BeforeEach
    void open() throws IOException {
        sandbox = Files.createDirectories(folder.resolve("sandbox").resolve("c1"));
        launcher = newLauncher();
    }

    private PosixLauncher newLauncher() throws IOException {
        return new PosixLauncher(LaunchOrders.agent(folder, LaunchOrders.sandboxes(folder), reports::add));
    }

    /** On this thread: what were killed later might be the next test's, which has the same name. */
    @AfterEach
    void killAll() throws IOException {
        launcher.processes(launcher.folder(LaunchOrders.container("c1"))).kill();
        launcher.close();
    }

    private AgentInput report() throws InterruptedException {
        var report = reports.poll(20, TimeUnit.SECONDS);
        assertThat(report).isNotNull();
        return report;
    }

    private long started() throws InterruptedException {
        var report = report();
        assertThat(report).isInstanceOf(AgentInput.TaskStarted.class);
        return ((AgentInput.TaskStarted) report).pid();
    }

    private ExitStatus exited() throws InterruptedException {
        var report = report();
        assertThat(report).isInstanceOf(AgentInput.TaskExited.class);
        return ((AgentInput.TaskExited) report).status();
    }

    private ExitStatus run(AgentEffect.Launch launch) throws InterruptedException {
        launcher.launch(launch);
        started();
        return exited();
    }

    private String stdout() throws IOException {
        return Files.readString(sandbox.resolve("stdout"));
    }

    private void kill(boolean force) {
        launcher.kill(new AgentEffect.Kill(LaunchOrders.container("c1"), force));
    }

    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).filter(Processes.ofMachine()::runs).isPresent();
    }

    // Commands

    @Test
    void shellLineRunsWithItsOutputInTheSandbox() throws Exception {
        assertThat(run(LaunchOrders.shell("c1", "echo hello; echo oops >&2"))).isEqualTo(new ExitStatus.Exited(0));

        assertThat(stdout()).isEqualTo("hello\n");
        assertThat(Files.readString(sandbox.resolve("stderr"))).isEqualTo("oops\n");
    }

    @Test
    void exitStatusIsPassedOn() throws Exception {
        assertThat(run(LaunchOrders.shell("c1", "exit 3"))).isEqualTo(new ExitStatus.Exited(3));
    }

    @Test
    void programsAreStartedWithoutAShell() throws Exception {
        assertThat(run(LaunchOrders.launch(
                        "c1", CommandInfo.newBuilder().setShell(false).setValue("true"))))
                .isEqualTo(new ExitStatus.Exited(0));
        assertThat(run(LaunchOrders.launch(
                        "c2", CommandInfo.newBuilder().setShell(false).setValue("false"))))
                .isEqualTo(new ExitStatus.Exited(1));
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        var command = CommandInfo.newBuilder()
                .setShell(false)
                .setValue("printf")
                .addAllArguments(List.of("printf", "<%s>", "a b", "", "$HOME", "'\"*"));
        assertThat(run(LaunchOrders.launch("c1", command))).isEqualTo(new ExitStatus.Exited(0));

        assertThat(stdout()).isEqualTo("<a b><><$HOME><'\"*>");
    }

    @Test
    void missingProgramSaysSoInTheSandbox() throws Exception {
        var status = run(LaunchOrders.launch(
                "c1", CommandInfo.newBuilder().setShell(false).setValue("/no/such")));

        assertThat(status).isEqualTo(new ExitStatus.Exited(127));
        assertThat(Files.readString(sandbox.resolve("stderr"))).contains("/no/such");
    }

    @Test
    void environmentIsThatOfMesosAndTheCommandsOwnAlone() throws Exception {
        var command = CommandInfo.newBuilder()
                .setValue("env")
                .setEnvironment(Environment.newBuilder()
                        .addVariables(Environment.Variable.newBuilder()
                                .setName("GREETING")
                                .setValue("a\nb"))
                        .addVariables(Environment.Variable.newBuilder()
                                .setName("MESOS_EXECUTOR_ID")
                                .setValue("mine")));
        run(LaunchOrders.launch("c1", command));

        var names = stdout().lines()
                .filter(line -> line.contains("="))
                .map(line -> line.substring(0, line.indexOf('=')))
                .filter(name -> !List.of("PWD", "OLDPWD", "SHLVL", "_").contains(name));
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "PATH",
                        "GREETING",
                        "MESOS_SANDBOX",
                        "MESOS_DIRECTORY",
                        "MESOS_FRAMEWORK_ID",
                        "MESOS_EXECUTOR_ID",
                        "MESOS_SLAVE_ID",
                        "MESOS_AGENT_ENDPOINT",
                        "MESOS_CHECKPOINT",
                        "PROFFER_CONTAINER_ID");
        assertThat(stdout()).contains("MESOS_EXECUTOR_ID=mine\n", "MESOS_SLAVE_ID=agent-1\n", "GREETING=a\nb\n");
    }

    @Test
    void sandboxThatCannotBeMadeIsAReason() throws Exception {
        try (var broken = new PosixLauncher(LaunchOrders.agent(
                folder,
                _ -> {
                    throw new IOException("read-only");
                },
                reports::add))) {
            broken.launch(LaunchOrders.shell("c1", "true"));

            assertThat(report()).isEqualTo(new AgentInput.TaskNotStarted(LaunchOrders.container("c1"), "read-only"));
        }
    }

    @Test
    void outputThatCannotBeOpenedIsAReason() throws Exception {
        Files.createDirectory(sandbox.resolve("stdout"));
        launcher.launch(LaunchOrders.shell("c1", "true"));

        assertThat(((AgentInput.TaskNotStarted) report()).reason()).contains("stdout");
    }

    @Test
    void signalsAreNotIgnoredByTasks() throws Exception {
        for (var signal : List.of("INT", "QUIT", "TERM", "HUP", "PIPE")) {
            var status = run(LaunchOrders.shell("on-" + signal, "kill -" + signal + " $$; sleep 0"));
            assertThat(status).isInstanceOf(ExitStatus.Signalled.class);
        }
    }

    @Test
    void taskThatKillsItsGroupDoesNotHitItsSupervisor() throws Exception {
        assertThat(run(LaunchOrders.shell("c1", "kill -9 0"))).isEqualTo(new ExitStatus.Signalled(9));
    }

    // Kills

    @Test
    void termMayBeHandled() throws Exception {
        launcher.launch(
                LaunchOrders.shell("c1", "trap 'echo bye; exit 7' TERM; echo up; while :; do sleep 0.01; done"));
        started();
        await().until(() -> stdout().equals("up\n"));
        kill(/* force= */ false);

        assertThat(exited()).isEqualTo(new ExitStatus.Exited(7));
        assertThat(stdout()).isEqualTo("up\nbye\n");
    }

    @Test
    void taskThatIgnoresTermIsEndedByForce() throws Exception {
        launcher.launch(LaunchOrders.shell("c1", "trap '' TERM; echo up; while :; do sleep 0.01; done"));
        long pid = started();
        await().until(() -> stdout().equals("up\n"));
        kill(/* force= */ false);
        kill(/* force= */ true);

        assertThat(exited()).isEqualTo(new ExitStatus.Signalled(9));
        assertThat(runs(pid)).isFalse();
    }

    @Test
    void killAtOnceAfterTheStartIsNotLost() throws Exception {
        for (int i = 0; i < 20; i++) {
            var launch = LaunchOrders.shell("quick-" + i, "exec sleep 1000");
            launcher.launch(launch);
            started();
            launcher.kill(new AgentEffect.Kill(launch.container(), /* force= */ false));

            assertThat(exited()).isEqualTo(new ExitStatus.Signalled(15));
        }
    }

    @Test
    void grandchildrenAreKilledToo() throws Exception {
        launcher.launch(
                LaunchOrders.shell("c1", "(sleep 1000 & echo $!; wait) & (setsid sleep 1001 & echo $!; wait) & wait"));
        started();
        await().until(() -> stdout().lines().count() == 2);
        var pids = stdout().lines().map(Long::parseLong).toList();
        assertThat(pids).allMatch(PosixLauncherTest::runs);
        kill(/* force= */ true);

        exited();
        assertThat(pids).noneMatch(PosixLauncherTest::runs);
    }

    @Test
    void whatATaskLeavesBehindIsEndedBeforeItsExitIsReported() throws Exception {
        assertThat(run(LaunchOrders.shell("c1", "sleep 1000 & echo $!"))).isEqualTo(new ExitStatus.Exited(0));

        assertThat(runs(Long.parseLong(stdout().strip()))).isFalse();
    }

    @Test
    void processThatLeftItsSessionAndItsParentIsEndedToo() throws Exception {
        assertThat(run(LaunchOrders.shell("c1", "setsid sh -c 'sleep 1000 & echo $! > away'; cat away")))
                .isEqualTo(new ExitStatus.Exited(0));

        assertThat(runs(Long.parseLong(stdout().strip()))).isFalse();
    }

    @Test
    void containerThatTheJournalDoesNotKnowIsEndedAndRemoved() throws Exception {
        launcher.launch(LaunchOrders.shell("known", "exec sleep 1000"));
        long known = started();
        launcher.launch(LaunchOrders.shell("c1", "exec sleep 1000"));
        long unknown = started();
        launcher.sweep(new AgentEffect.Sweep(List.of("known")));

        await().until(() -> !runs(unknown) && !Files.exists(folder.resolve("runs/c1")));
        assertThat(runs(known)).isTrue();
        launcher.kill(new AgentEffect.Kill(LaunchOrders.container("known"), /* force= */ true));
    }

    @Test
    void damagedPidFilesAreAsGoodAsNone() throws Exception {
        for (var content : List.of("", "12", "x\n", "99999999999999999999\n")) {
            var run = new RunFolder(Files.createDirectories(folder.resolve("runs/c1")));
            for (var file : List.of("supervisor", "task", "exit")) {
                Files.writeString(run.path().resolve(file), content);
            }
            launcher.find(new AgentEffect.Find(LaunchOrders.container("c1")));

            assertThat(report()).isEqualTo(new AgentInput.TaskNotFound(LaunchOrders.container("c1")));
        }
    }

    @Test
    void userThatDoesNotExistIsRefusedByName() throws Exception {
        launcher.launch(LaunchOrders.launch(
                "c1", CommandInfo.newBuilder().setValue("true").setUser("no-such-user")));

        assertThat(((AgentInput.TaskNotStarted) report()).reason()).contains("'command.user' is 'no-such-user'");
    }

    @Test
    void agentThatIsNotRootCannotBecomeAnother() {
        var users = new Users("someone", /* maySwitch= */ false);

        assertThatThrownBy(
                        () -> users.of(CommandInfo.newBuilder().setUser("root").build()))
                .hasMessageContaining("'command.user' is 'root', but this agent runs as 'someone'");
        assertThat(users.maySwitch()).isFalse();
    }

    @Test
    void commandRunsAsItsUser() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root may become another user");
        var sandboxes = Files.createTempDirectory(Path.of("/tmp"), "posix-launcher");
        Files.setPosixFilePermissions(sandboxes, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var other = new PosixLauncher(LaunchOrders.agent(folder, _ -> sandboxes.resolve("c"), reports::add))) {
            Files.createDirectory(sandboxes.resolve("c"));
            other.launch(LaunchOrders.launch(
                    "c1",
                    CommandInfo.newBuilder()
                            .setValue("id -un; id -gn; touch mine; echo >> stdout")
                            .setUser("nobody")));
            started();

            assertThat(exited()).isEqualTo(new ExitStatus.Exited(0));
            assertThat(sandboxes.resolve("c/stdout")).hasContent("nobody\nnogroup\n\n");
            assertThat(Files.getOwner(sandboxes.resolve("c/mine")).getName()).isEqualTo("nobody");
        } finally {
            new RunFolder(sandboxes).delete();
        }
    }

    @Test
    void killedSupervisorEndsTheTask() throws Exception {
        launcher.launch(LaunchOrders.shell("c1", "exec sleep 1000"));
        long pid = started();
        ProcessHandle.of(pid).flatMap(ProcessHandle::parent).orElse(NONE).destroyForcibly();

        exited();
        assertThat(runs(pid)).isFalse();
    }

    // After the agent

    private Process agentThatIsKilled(String line) throws IOException {
        var agent = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        LauncherProgram.class.getName(),
                        folder.toString(),
                        "c1",
                        line)
                .redirectErrorStream(true)
                .start();
        try (var output = new BufferedReader(agent.inputReader(StandardCharsets.UTF_8))) {
            var said =
                    output.lines().filter(text -> text.contains("TaskStarted")).findFirst();
            assertThat(said).isPresent();
            agent.destroyForcibly();
        }
        return agent;
    }

    @Test
    void taskOutlivesItsAgentAndIsAdoptedWithItsExitStatus() throws Exception {
        agentThatIsKilled("echo one; while [ ! -e go ]; do sleep 0.01; done; echo two; exit 5")
                .waitFor();
        launcher.find(new AgentEffect.Find(LaunchOrders.container("c1")));
        long pid = started();
        assertThat(runs(pid)).isTrue();
        Files.createFile(sandbox.resolve("go"));

        assertThat(exited()).isEqualTo(new ExitStatus.Exited(5));
        assertThat(stdout()).isEqualTo("one\ntwo\n");
    }

    @Test
    void exitWhileThereIsNoAgentIsFound() throws Exception {
        agentThatIsKilled("while [ ! -e go ]; do sleep 0.01; done; exit 6").waitFor();
        Files.createFile(sandbox.resolve("go"));
        await().until(() -> new RunFolder(folder.resolve("runs/c1")).exit().isPresent());
        launcher.find(new AgentEffect.Find(LaunchOrders.container("c1")));

        assertThat(report())
                .matches(report -> report instanceof AgentInput.TaskStarted || report instanceof AgentInput.TaskExited);
        await().until(() -> reports.isEmpty());
        launcher.find(new AgentEffect.Find(LaunchOrders.container("c1")));
        assertThat(exited()).isEqualTo(new ExitStatus.Exited(6));
    }

    @Test
    void adoptedTaskCanBeKilled() throws Exception {
        agentThatIsKilled("exec sleep 1000").waitFor();
        launcher.find(new AgentEffect.Find(LaunchOrders.container("c1")));
        started();
        kill(/* force= */ false);

        assertThat(exited()).isEqualTo(new ExitStatus.Signalled(15));
    }

    @Test
    void taskWithAVeryLongCommandIsAdoptedToo() throws Exception {
        agentThatIsKilled(": " + "x".repeat(20_000) + "; sleep 1000").waitFor();
        launcher.find(new AgentEffect.Find(LaunchOrders.container("c1")));

        started();
    }

    @Test
    void containerThatWasNeverStartedIsNotFound() throws Exception {
        launcher.find(new AgentEffect.Find(LaunchOrders.container("c1")));

        assertThat(report()).isEqualTo(new AgentInput.TaskNotFound(LaunchOrders.container("c1")));
    }

    @Test
    void discardedContainerLeavesOnlyItsSandbox() throws Exception {
        run(LaunchOrders.shell("c1", "echo hello"));
        launcher.discard(new AgentEffect.Discard(LaunchOrders.container("c1")));

        await().until(() -> !Files.exists(folder.resolve("runs/c1")));
        assertThat(stdout()).isEqualTo("hello\n");
    }

    @Test
    void supervisorsOfAnOlderVersionKeepTheirScript() throws Exception {
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()).sorted(Comparator.naturalOrder()))
                    .anyMatch(name -> name.matches("supervise-[0-9a-f]+\\.sh"));
        }
    }
}
