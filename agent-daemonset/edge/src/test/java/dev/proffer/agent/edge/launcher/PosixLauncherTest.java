package dev.proffer.agent.edge.launcher;

import static dev.proffer.agent.edge.launcher.LauncherScenario.CONTAINER;
import static dev.proffer.agent.edge.launcher.LauncherScenario.PATIENCE;
import static dev.proffer.agent.edge.launcher.LauncherScenario.TASK;
import static dev.proffer.agent.edge.launcher.LauncherScenario.assertAlive;
import static dev.proffer.agent.edge.launcher.LauncherScenario.assertGone;
import static dev.proffer.agent.edge.launcher.LauncherScenario.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.ExitStatus;
import dev.proffer.agent.core.Found;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosixLauncherTest {
    @TempDir
    Path state;

    private LauncherScenario tasks;

    @BeforeEach
    void open() throws IOException {
        tasks = new LauncherScenario(state);
    }

    @AfterEach
    void close() {
        tasks.close();
    }

    private static CommandInfo.Builder program(String path, String... arguments) {
        return CommandInfo.newBuilder().setShell(false).setValue(path).addAllArguments(List.of(arguments));
    }

    private static CommandInfo.Builder with(CommandInfo.Builder command, String name, String value) {
        command.getEnvironmentBuilder()
                .addVariables(Environment.Variable.newBuilder().setName(name).setValue(value));
        return command;
    }

    @Test
    void reportsStartAndExitStatus() {
        assertThat(tasks.start("exit 0").awaitExit()).isEqualTo(new ExitStatus.Code(0));

        assertThat(tasks.heard()).hasSize(2);
        assertThat(tasks.heard().getFirst()).isInstanceOf(AgentInput.TaskStarted.class);
    }

    @Test
    void reportsTheCodeOfAFailure() {
        assertThat(tasks.start("exit 3").awaitExit()).isEqualTo(new ExitStatus.Code(3));
    }

    @Test
    void reportsTheSignalThatEndedATask() {
        assertThat(tasks.start("kill -SEGV $$").awaitExit()).isEqualTo(new ExitStatus.Signalled(11));
    }

    @Test
    void keepsOutputInTheSandbox() {
        tasks.start("echo to stdout; echo to stderr >&2; pwd > where").awaitExit();

        assertThat(tasks.read("stdout")).isEqualTo("to stdout\n");
        assertThat(tasks.read("stderr")).isEqualTo("to stderr\n");
        assertThat(Path.of(tasks.read("where").strip())).isEqualTo(tasks.sandbox());
    }

    @Test
    void givesWhatMesosGivesAndNothingOfItsOwnEnvironment() {
        tasks.start(program("/usr/bin/env")).awaitExit();

        var environment = tasks.read("stdout").lines().toList();
        assertThat(environment)
                .contains(
                        "MESOS_SANDBOX=" + tasks.sandbox(),
                        "MESOS_DIRECTORY=" + tasks.sandbox(),
                        "MESOS_FRAMEWORK_ID=f1",
                        "MESOS_EXECUTOR_ID=t1",
                        "MESOS_SLAVE_ID=m1-S0",
                        "MESOS_AGENT_ENDPOINT=host:5051",
                        "MESOS_CHECKPOINT=1");
        var names = environment.stream()
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
        assertThat(names).contains("PATH").doesNotContain("container", "sandbox", "status");
        assertThat(System.getenv()).containsKey("HOME");
        assertThat(names).doesNotContain("HOME");
    }

    @Test
    void letsTheCommandsEnvironmentWin() {
        var command = with(with(program("/usr/bin/env"), "MESOS_SLAVE_ID", "mine"), "GREETING", "hello world");
        // Names that a script might use for itself.
        with(with(command, "container", "c"), "sandbox", "s");

        assertThat(tasks.start(command).awaitExit()).isEqualTo(new ExitStatus.Code(0));

        assertThat(tasks.read("stdout").lines())
                .contains("MESOS_SLAVE_ID=mine", "GREETING=hello world", "container=c", "sandbox=s")
                .doesNotContain("MESOS_SLAVE_ID=m1-S0");
    }

    @Test
    void keepsTheExitStatusWhereverPathLeads() {
        var command = with(shell("exit 4"), "PATH", "/nonexistent");

        assertThat(tasks.start(command).awaitExit()).isEqualTo(new ExitStatus.Code(4));
    }

    @Test
    void takesTheFirstArgumentAsTheProgramsName() {
        tasks.start(program("/bin/echo", "echo", "two words", "$HOME", "*")).awaitExit();

        assertThat(tasks.read("stdout")).isEqualTo("two words $HOME *\n");
    }

    @Test
    void failsWithoutTheExecutable() {
        assertThat(tasks.start(program("/no/such/program")).awaitExit()).isEqualTo(new ExitStatus.Code(127));

        assertThat(tasks.read("stderr")).contains("/no/such/program");
    }

    @Test
    void saysWhyATaskCannotBeStarted() {
        var command = with(shell("exit 0"), "NOT=A NAME", "x");

        tasks.start(command);

        await().atMost(PATIENCE).until(() -> !tasks.heard().isEmpty());
        assertThat(tasks.heard()).singleElement().isInstanceOf(AgentInput.TaskNotStarted.class);
    }

    @Test
    void sendsATermThatATaskMayHonour() {
        tasks.start("trap 'echo bye > last; exit 5' TERM; echo ready > up; while :; do sleep 0.05; done");
        tasks.awaitLine("up");

        tasks.kill(/* force= */ false);

        assertThat(tasks.awaitExit()).isEqualTo(new ExitStatus.Code(5));
        assertThat(tasks.read("last")).isEqualTo("bye\n");
    }

    @Test
    void aTermJustAfterTheStartIsNotLost() {
        tasks.start("exec sleep 1000");
        await().atMost(PATIENCE).until(() -> !tasks.heard().isEmpty());

        tasks.kill(/* force= */ false);

        assertThat(tasks.awaitExit()).isEqualTo(new ExitStatus.Signalled(15));
    }

    @Test
    void killsAWholeTreeThatIgnoresTerms() throws IOException {
        tasks.start("trap '' TERM; (sh -c 'sleep 1000 & echo $! > grandchild; wait') & echo $! > child; wait");
        var grandchild = tasks.awaitProcess("grandchild");
        var child = tasks.awaitProcess("child");
        tasks.kill(/* force= */ false);
        assertAlive(child, grandchild);

        tasks.kill(/* force= */ true);

        assertThat(tasks.awaitExit()).isEqualTo(new ExitStatus.Signalled(9));
        assertGone(child, grandchild);
    }

    @Test
    void killsAProcessWhoseParentIsGone() {
        tasks.start("(sleep 1000 & echo $! > orphan); while :; do sleep 1; done");
        var orphan = tasks.awaitProcess("orphan");

        tasks.kill(/* force= */ true);

        assertThat(tasks.awaitExit()).isEqualTo(new ExitStatus.Signalled(9));
        assertGone(orphan);
    }

    @Test
    void killsAProcessInASessionOfItsOwn() {
        tasks.start("(setsid sh -c 'echo $$ > orphan; exec sleep 1000' &); while :; do sleep 1; done");
        var orphan = tasks.awaitProcess("orphan");

        tasks.kill(/* force= */ true);

        tasks.awaitExit();
        assertGone(orphan);
    }

    @Test
    void endsWhatATaskLeavesBehind() {
        tasks.start("(setsid sh -c 'echo $$ > orphan; exec sleep 1000' &); while ! [ -s orphan ]; do sleep 0.05; done");

        assertThat(tasks.awaitExit()).isEqualTo(new ExitStatus.Code(0));

        assertThat(ProcessHandle.of(Long.parseLong(tasks.awaitLine("orphan"))))
                .satisfies(orphan -> orphan.ifPresent(LauncherScenario::assertGone));
    }

    @Test
    void aTaskMaySignalItsOwnGroup() {
        assertThat(tasks.start("trap '' TERM; kill -TERM 0; exit 6").awaitExit())
                .isEqualTo(new ExitStatus.Code(6));
    }

    @Test
    void doesNotKnowTheEndOfATaskWhoseSupervisorWasKilled() {
        tasks.start("echo $$ > pid; exec sleep 1000");
        var task = tasks.awaitProcess("pid");

        tasks.supervisor().destroyForcibly();

        assertThat(tasks.awaitExit()).isInstanceOf(ExitStatus.Unknown.class);
        assertGone(task);
    }

    @Test
    void killsNobodyWhenTheTaskIsGone() {
        tasks.start("exit 0").awaitExit();

        tasks.kill(/* force= */ false);
        tasks.kill(/* force= */ true);

        assertThat(tasks.start("exit 1").awaitExit()).isEqualTo(new ExitStatus.Code(0));
    }

    @Test
    void aSuccessorAdoptsARunningTask() throws IOException {
        tasks.start("echo ready > up; while ! [ -e go ]; do sleep 0.05; done; echo done; exit 7");
        tasks.awaitLine("up");
        var pid = tasks.supervisor().pid();
        try (var successor = new LauncherScenario(state)) {
            assertThat(successor.launcher().find(TASK, CONTAINER)).isEqualTo(new Found.Running(pid));
            assertThat(successor.hasExited()).isFalse();

            Files.createFile(tasks.sandbox().resolve("go"));

            assertThat(successor.awaitExit()).isEqualTo(new ExitStatus.Code(7));
            assertThat(successor.read("stdout")).isEqualTo("done\n");
        }
    }

    @Test
    void aSuccessorKillsATaskWithALongCommand() throws IOException {
        tasks.start("echo ready > up; sleep 1000; : " + "x".repeat(100_000));
        tasks.awaitLine("up");
        try (var successor = new LauncherScenario(state)) {
            assertThat(successor.launcher().find(TASK, CONTAINER)).isInstanceOf(Found.Running.class);

            successor.kill(/* force= */ true);

            assertThat(successor.awaitExit()).isEqualTo(new ExitStatus.Signalled(9));
        }
    }

    @Test
    void aSuccessorFindsTheExitStatus() throws IOException {
        tasks.start("exit 7").awaitExit();
        try (var successor = new LauncherScenario(state)) {
            assertThat(successor.launcher().find(TASK, CONTAINER)).isEqualTo(new Found.Ended(new ExitStatus.Code(7)));
        }
    }

    @Test
    void aSuccessorFindsASupervisorThatHasNotSaidItsPid() throws IOException {
        tasks.start("echo ready > up; sleep 1000");
        tasks.awaitLine("up");
        var pid = tasks.supervisor().pid();
        Files.delete(tasks.container().resolve("supervisor"));

        assertThat(tasks.launcher().find(TASK, CONTAINER)).isEqualTo(new Found.Running(pid));
    }

    @Test
    void findsNothingOfATaskThatNeverRan() {
        assertThat(tasks.launcher().find(TASK, CONTAINER)).isEqualTo(new Found.Nothing());
    }

    /** Of files that were not synced a crash of the machine may leave the names alone. */
    @Test
    void findsNothingInFilesWithoutContent() throws IOException {
        Files.createDirectories(tasks.container());
        Files.createFile(tasks.container().resolve("supervisor"));
        Files.writeString(tasks.container().resolve("exit"), "\0\0");

        assertThat(tasks.launcher().find(TASK, CONTAINER)).isEqualTo(new Found.Nothing());
    }

    @Test
    void takesNoOtherProcessWithTheSupervisorsPidForIt() throws IOException {
        Files.createDirectories(tasks.container());
        Files.writeString(
                tasks.container().resolve("supervisor"),
                Long.toString(ProcessHandle.current().pid()));

        assertThat(tasks.launcher().find(TASK, CONTAINER)).isEqualTo(new Found.Nothing());
    }

    @Test
    void forgettingLeavesTheSandbox() {
        tasks.start("echo kept").awaitExit();

        tasks.forget();

        await().atMost(PATIENCE).until(() -> !Files.exists(tasks.container()));
        assertThat(tasks.read("stdout")).isEqualTo("kept\n");
        assertThat(tasks.launcher().find(TASK, CONTAINER)).isEqualTo(new Found.Nothing());
    }

    /** Fault 12: the agent's process is killed while its task runs. */
    @Test
    void aTaskOutlivesTheKilledProcessThatStartedIt() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var agent = new ProcessBuilder(
                        java.toString(),
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MortalAgent.class.getName(),
                        state.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long task = Long.parseLong(tasks.awaitLine("pid"));
        agent.destroyForcibly().waitFor();

        assertThat(tasks.launcher().find(TASK, CONTAINER)).isInstanceOf(Found.Running.class);
        assertAlive(ProcessHandle.of(task).orElseThrow());
        Files.createFile(tasks.sandbox().resolve("go"));

        assertThat(tasks.awaitExit()).isEqualTo(new ExitStatus.Code(7));
        assertThat(tasks.read("stdout")).isEqualTo("before\nafter\n");
    }

    @Test
    void leavesNoFilesOfItsOwnInTheSandbox() throws IOException {
        tasks.start("exit 0").awaitExit();

        try (Stream<Path> files = Files.list(tasks.sandbox())) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("stdout", "stderr");
        }
    }
}
