package dev.proffer.agent.edge.launcher.linux;

import static dev.proffer.agent.edge.launcher.linux.LinuxMachine.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.ExitStatus;
import dev.proffer.agent.edge.cgroups.CgroupMounts;
import dev.proffer.agent.edge.cgroups.CgroupPath;
import dev.proffer.agent.edge.cgroups.Cgroups;
import dev.proffer.agent.edge.cgroups.LinuxFiles;
import dev.proffer.agent.edge.launcher.Folders;
import dev.proffer.agent.edge.launcher.LaunchOrders;
import dev.proffer.agent.edge.launcher.Launcher;
import dev.proffer.agent.edge.launcher.Processes;
import dev.proffer.agent.edge.problems.Problem;
import dev.proffer.model.Resources;
import dev.proffer.protocol.v1.CommandInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real containers, below a cgroup of this test's own. */
class LinuxLauncherTest {
    private static final CgroupPath OWN =
            new CgroupPath("/proffer-launcher-" + ProcessHandle.current().pid());
    private static final CgroupPath TASKS = OWN.child("proffer");

    /** Not below {@code /tmp}, which a task does not see of the machine in any case. */
    private Path folder;

    private final BlockingQueue<AgentInput> reports = new LinkedBlockingQueue<>();
    private Cgroups cgroups;
    private Launcher launcher;

    @BeforeEach
    void open() throws IOException {
        LinuxMachine.assumeItCan();
        folder = Files.createTempDirectory(Path.of("/var/tmp"), "linux-launcher");
        // Users other than root must get through to their sandboxes.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        cgroups = LinuxMachine.cgroups();
        launcher = LinuxMachine.launcher(LinuxMachine.config(OWN), folder, reports::add);
    }

    @AfterEach
    void leaveNothing() throws IOException {
        if (cgroups == null) {
            return;
        }
        launcher.sweep(new AgentEffect.Sweep(List.of()));
        await().until(() -> isEmpty(folder.resolve("linux/bundles")));
        launcher.close();
        assertThat(cgroups.children(TASKS)).containsExactly("_sup");
        await().until(() -> cgroups.processes(OWN).isEmpty());
        cgroups.remove(OWN);
        assertThat(isEmpty(folder.resolve("linux/runtime"))).isTrue();
        assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(folder.toString());
        Folders.delete(folder);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private AgentInput report() throws InterruptedException {
        var report = reports.poll(LinuxMachine.PATIENCE.toSeconds(), TimeUnit.SECONDS);
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

    private ExitStatus run(String line) throws InterruptedException {
        return run(LaunchOrders.shell("c1", line));
    }

    private Path sandbox() {
        return folder.resolve("sandbox/c1");
    }

    private String stdout() throws IOException {
        return Files.readString(sandbox().resolve("stdout"));
    }

    private String stderr() throws IOException {
        return Files.readString(sandbox().resolve("stderr"));
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
        assertThat(run("echo hello; echo oops >&2; pwd > where")).isEqualTo(new ExitStatus.Exited(0));

        assertThat(stdout()).isEqualTo("hello\n");
        assertThat(stderr()).isEqualTo("oops\n");
        assertThat(sandbox().resolve("where")).hasContent("/mnt/mesos/sandbox\n");
    }

    @Test
    void exitStatusIsPassedOn() throws Exception {
        assertThat(run("exit 3")).isEqualTo(new ExitStatus.Exited(3));
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
        assertThat(stderr()).contains("/no/such");
    }

    @Test
    void signalsAreNotIgnoredByTasks() throws Exception {
        for (var signal : List.of("INT", "QUIT", "TERM", "HUP", "PIPE")) {
            assertThat(run(LaunchOrders.shell("on-" + signal, "kill -" + signal + " $$; sleep 0")))
                    .isInstanceOf(ExitStatus.Signalled.class);
        }
    }

    @Test
    void nothingButTheOutputsIsOpenInTheTask() throws Exception {
        run("ls /proc/$$/fd");

        assertThat(stdout().lines().filter(descriptor -> Integer.parseInt(descriptor) < 10))
                .containsExactly("0", "1", "2");
    }

    @Test
    void containerThatCannotBeMadeIsAReason() throws Exception {
        Files.createDirectories(sandbox().resolve("stdout"));
        launcher.launch(LaunchOrders.shell("c1", "true"));

        assertThat(((AgentInput.TaskNotStarted) report()).reason()).contains("stdout");
    }

    // Users

    @Test
    void commandRunsAsItsUser() throws Exception {
        var status = run(LaunchOrders.launch(
                "c1",
                CommandInfo.newBuilder().setUser("nobody").setValue("id -un; id -gn; touch mine; echo >> stdout")));

        assertThat(stderr()).isEmpty();
        assertThat(status).isEqualTo(new ExitStatus.Exited(0));
        assertThat(stdout()).isEqualTo("nobody\nnogroup\n\n");
        assertThat(Files.getOwner(sandbox().resolve("mine")).getName()).isEqualTo("nobody");
    }

    @Test
    void unknownUserIsNeverReplacedByRoot() throws Exception {
        launcher.launch(LaunchOrders.launch(
                "c1", CommandInfo.newBuilder().setUser("no-such").setValue("true")));

        assertThat(((AgentInput.TaskNotStarted) report()).reason()).startsWith("'command.user' is 'no-such'");
    }

    // Isolation

    @Test
    void taskSeesItsOwnProcessesAlone() throws Exception {
        run("for p in /proc/[0-9]*; do cat $p/cmdline | tr '\\0' ' '; echo; done");

        assertThat(stdout()).startsWith(TaskRoot.INIT).doesNotContain("java");
    }

    @Test
    void rootFileSystemIsReadOnlyAndTheAgentsStateIsHidden() throws Exception {
        var status = run("touch /usr/bin/x; touch /x; echo state; ls " + folder + "; mount -t tmpfs none /usr;"
                + " mknod /tmp/null c 1 3; chroot / echo root");

        assertThat(status).isEqualTo(new ExitStatus.Exited(0));
        assertThat(stdout()).isEqualTo("state\nroot\n");
        assertThat(stderr())
                .contains("'/usr/bin/x': Read-only", "'/x': Read-only", "mount: /usr: permission denied", "mknod:");
    }

    @Test
    void tasksOfUsersHaveNoCapabilities() throws Exception {
        run(LaunchOrders.launch(
                "c1",
                CommandInfo.newBuilder()
                        .setUser("nobody")
                        .setValue("grep -E 'Cap(Prm|Eff|Bnd)|NoNew' /proc/self/status")));

        assertThat(stdout().lines().map(line -> line.replaceAll("\\s+", " ")))
                .containsExactly(
                        "CapPrm: 0000000000000000",
                        "CapEff: 0000000000000000",
                        "CapBnd: 0000000000000000",
                        "NoNewPrivs: 1");
    }

    @Test
    void temporaryFilesAreTheTasksOwn() throws Exception {
        run("ls /tmp; echo x > /tmp/mine; ls /tmp");

        assertThat(stdout()).isEqualTo("mine\n");
        assertThat(Path.of("/tmp/mine")).doesNotExist();
    }

    // Limits

    @Test
    void taskThatUsesTooMuchMemorySaysHowMuch() throws Exception {
        var status = run(LaunchOrders.withMemory(LaunchOrders.shell("c1", "tail /dev/zero"), 40));

        assertThat(status).isInstanceOf(ExitStatus.OutOfMemory.class);
        var outOfMemory = (ExitStatus.OutOfMemory) status;
        assertThat(outOfMemory.limitBytes()).isEqualTo(40 << 20);
        assertThat(outOfMemory.usedBytes()).isBetween(36L << 20, 40L << 20);
    }

    /** Version 2 can end the whole task, so that none goes on without one of its processes. */
    @Test
    void greedyChildEndsTheTaskWhereTheKernelCanDoThat() throws Exception {
        var status = run(LaunchOrders.withMemory(LaunchOrders.shell("c1", "tail /dev/zero; exit 5"), 40));

        if (CgroupMounts.read(LinuxFiles.ofMachine()).isLegacy()) {
            assertThat(status).isEqualTo(new ExitStatus.Exited(5));
        } else {
            assertThat(status).isInstanceOf(ExitStatus.OutOfMemory.class);
        }
    }

    @Test
    void forkBombStopsAtItsLimit() throws Exception {
        launcher.launch(LaunchOrders.withMemory(
                LaunchOrders.shell("c1", "(while :; do sleep 1000 & done) 2> /dev/null & exec sleep 1000"), 256));
        started();
        var task = TASKS.child("f-framework-1").child("e-task-1").child("c-c1");
        await().until(() -> cgroups.usage(task).processes() >= 50);
        assertThat(cgroups.usage(task).processes()).isEqualTo(50);
        kill(/* force= */ true);

        assertThat(exited()).isEqualTo(new ExitStatus.Signalled(9));
    }

    // Kills

    @Test
    void termMayBeHandledAndComesOnce() throws Exception {
        launcher.launch(LaunchOrders.shell(
                "c1",
                "trap 'echo bye; asked=1' TERM; echo up; while [ -z \"$asked\" ]; do sleep 0.01; done; i=0;"
                        + " while [ $i -lt 30 ]; do sleep 0.01; i=$((i+1)); done; exit 7"));
        started();
        await().until(() -> stdout().equals("up\n"));
        kill(/* force= */ false);

        assertThat(exited()).isEqualTo(new ExitStatus.Exited(7));
        assertThat(stdout()).isEqualTo("up\nbye\n");
    }

    @Test
    void taskWithoutAHandlerIsEndedByTerm() throws Exception {
        launcher.launch(LaunchOrders.shell("c1", "echo up; exec sleep 1000"));
        started();
        await().until(() -> stdout().equals("up\n"));
        kill(/* force= */ false);

        assertThat(exited()).isEqualTo(new ExitStatus.Signalled(15));
    }

    @Test
    void killAtOnceAfterTheStartIsNotLost() throws Exception {
        for (int i = 0; i < 10; i++) {
            var launch = LaunchOrders.shell("quick-" + i, "exec sleep 1000");
            launcher.launch(launch);
            started();
            launcher.kill(new AgentEffect.Kill(launch.container(), /* force= */ false));

            assertThat(exited()).isInstanceOf(ExitStatus.Signalled.class);
        }
    }

    @Test
    void processesThatWentIntoSessionsOfTheirOwnAreKilledToo() throws Exception {
        launcher.launch(
                LaunchOrders.shell(
                        "c1",
                        "trap '' TERM; setsid env -i sleep 1000 & setsid sh -c 'sleep 1000 & sleep 1000' & echo up; wait; wait"));
        long init = started();
        await().until(() -> stdout().equals("up\n"));
        var pids = cgroups.processes(TASKS);
        kill(/* force= */ true);

        assertThat(exited()).isEqualTo(new ExitStatus.Signalled(9));
        assertThat(pids.stream().filter(LinuxLauncherTest::runs).filter(pid -> pid == init))
                .isEmpty();
        assertThat(cgroups.exists(TASKS.child("f-framework-1"))).isFalse();
    }

    @Test
    void killedMonitorEndsTheTask() throws Exception {
        launcher.launch(LaunchOrders.shell("c1", "exec sleep 1000"));
        long pid = started();
        long monitor = new Bundle(folder.resolve("linux/bundles/c1"), folder.resolve("linux/exits"))
                .monitorPid()
                .orElseThrow();
        ProcessHandle.of(monitor).orElseThrow().destroyForcibly();

        assertThat(exited()).isEqualTo(new ExitStatus.Unknown("the task's supervisor was killed"));
        assertThat(runs(pid)).isFalse();
    }

    /** Processes go first, then cgroups: the end may be seen between the two. */
    @Test
    void taskWhoseCgroupIsTakenAwayIsLostWithItsPod() throws Exception {
        launcher.launch(LaunchOrders.shell("c1", "exec sleep 1000"));
        started();
        cgroups.kill(OWN);
        cgroups.remove(OWN);

        assertThat(exited())
                .isInstanceOfSatisfying(
                        ExitStatus.Unknown.class,
                        status -> assertThat(status.reason())
                                .containsAnyOf("pod that held this share", "supervisor was killed"));
        cgroups.create(TASKS.child("_sup"));
    }

    // After the agent

    /** With all that is in its cgroup, as when its pod is deleted. */
    private void agentThatIsKilled(String line) throws Exception {
        var pod = OWN.child("agent");
        cgroups.create(pod);
        var agent = agent(line);
        cgroups.join(pod, agent.pid());
        try (BufferedReader output = agent.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.lines().filter(text -> text.contains("Task")).findFirst())
                    .hasValueSatisfying(text -> assertThat(text).contains("TaskStarted"));
            assertThat(cgroups.kill(pod)).isTrue();
        }
        agent.waitFor();
        cgroups.remove(pod);
    }

    private Process agent(String line) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        LinuxLauncherProgram.class.getName(),
                        folder.toString(),
                        OWN.value(),
                        "c1",
                        line)
                .redirectErrorStream(true)
                .start();
    }

    /** From before the container is made until it runs. */
    @Test
    void agentThatIsKilledAtAnyMomentLeavesNothingUnknown() throws Exception {
        var found = new ArrayList<String>();
        for (int moment = 0; moment < 9; moment++) {
            Folders.delete(sandbox());
            var agent = agent("exec sleep 1000");
            await().until(() -> Files.exists(sandbox())); // From here on there may be something to find.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(moment * 50L));
            agent.destroyForcibly();
            agent.waitFor();
            launcher.find(new AgentEffect.Find(LaunchOrders.container("c1")));
            var report = report();
            found.add(report.getClass().getSimpleName());
            if (report instanceof AgentInput.TaskStarted) {
                kill(/* force= */ true);
                assertThat(exited()).isEqualTo(new ExitStatus.Signalled(9));
            }
            launcher.discard(new AgentEffect.Discard(LaunchOrders.container("c1")));
            await().until(() -> isEmpty(folder.resolve("linux/bundles")) && isEmpty(folder.resolve("linux/exits")));
            assertThat(cgroups.children(TASKS)).containsExactly("_sup");
        }

        // Whatever did not run yet either runs now or never will.
        assertThat(found).isSubsetOf("TaskNotFound", "TaskStarted");
    }

    @Test
    void taskOutlivesItsAgentAndIsAdoptedWithItsExitStatus() throws Exception {
        agentThatIsKilled("echo one; while [ ! -e go ]; do sleep 0.01; done; echo two; exit 5");
        launcher.find(new AgentEffect.Find(LaunchOrders.container("c1")));
        assertThat(runs(started())).isTrue();
        Files.createFile(sandbox().resolve("go"));

        assertThat(exited()).isEqualTo(new ExitStatus.Exited(5));
        assertThat(stdout()).isEqualTo("one\ntwo\n");
    }

    @Test
    void exitWhileThereIsNoAgentIsFound() throws Exception {
        agentThatIsKilled("while [ ! -e go ]; do sleep 0.01; done; exit 6");
        Files.createFile(sandbox().resolve("go"));
        await().until(() -> Files.exists(folder.resolve("linux/exits/c1")));
        launcher.find(new AgentEffect.Find(LaunchOrders.container("c1")));

        assertThat(exited()).isEqualTo(new ExitStatus.Exited(6));
    }

    @Test
    void adoptedTaskCanBeKilled() throws Exception {
        agentThatIsKilled("exec sleep 1000");
        launcher.find(new AgentEffect.Find(LaunchOrders.container("c1")));
        started();
        kill(/* force= */ true);

        assertThat(exited()).isEqualTo(new ExitStatus.Signalled(9));
    }

    @Test
    void containerThatWasCreatedButNotStartedIsStartedByTheNextAgent() throws Exception {
        var held = new LinuxConfig(
                Files.writeString(
                        folder.resolve("no-start"),
                        "#!/bin/sh\nfor a; do [ $a != start ] || exec sleep 5; done\n" + "exec " + LinuxMachine.RUNTIME
                                + " \"$@\"\n"),
                LinuxMachine.MONITOR,
                LinuxMachine.INIT,
                Optional.empty(),
                Optional.of(Path.of("/")),
                Optional.of(OWN),
                /* inHolder= */ false,
                /* cpuQuota= */ true,
                /* pidsAtMost= */ 50,
                Optional.of("root"));
        assertThat(folder.resolve("no-start").toFile().setExecutable(true)).isTrue();
        var before = LinuxMachine.launcher(held, folder, _ -> {});
        before.launch(LaunchOrders.shell("c1", "echo up"));
        await().until(() -> Files.exists(folder.resolve("linux/bundles/c1/task")));
        launcher.find(new AgentEffect.Find(LaunchOrders.container("c1")));

        started();
        assertThat(exited()).isEqualTo(new ExitStatus.Exited(0));
        assertThat(stdout()).isEqualTo("up\n");
    }

    @Test
    void containerThatWasNeverStartedIsNotFound() throws Exception {
        launcher.find(new AgentEffect.Find(LaunchOrders.container("c1")));

        assertThat(report()).isEqualTo(new AgentInput.TaskNotFound(LaunchOrders.container("c1")));
    }

    @Test
    void outOfMemoryIsRememberedUntilItIsDiscarded() throws Exception {
        run(LaunchOrders.withMemory(LaunchOrders.shell("c1", "tail /dev/zero"), 40));
        launcher.find(new AgentEffect.Find(LaunchOrders.container("c1")));
        assertThat(exited()).isInstanceOf(ExitStatus.OutOfMemory.class);

        launcher.discard(new AgentEffect.Discard(LaunchOrders.container("c1")));
        await().until(() -> !Files.exists(folder.resolve("linux/bundles/c1")));
        assertThat(folder.resolve("linux/exits/c1")).doesNotExist();
        assertThat(sandbox()).exists();
    }

    @Test
    void containerThatTheJournalDoesNotKnowIsEndedAndRemoved() throws Exception {
        launcher.launch(LaunchOrders.shell("known", "exec sleep 1000"));
        long known = started();
        launcher.launch(LaunchOrders.shell("c1", "exec sleep 1000"));
        long unknown = started();
        launcher.sweep(new AgentEffect.Sweep(List.of("known")));

        await().until(() -> !runs(unknown) && !Files.exists(folder.resolve("linux/bundles/c1")));
        assertThat(runs(known)).isTrue();
    }

    // Bad surroundings

    @Test
    void missingProgramsAreNamed() throws Exception {
        var config = new LinuxConfig(
                Path.of("/no/runc"),
                LinuxMachine.MONITOR,
                LinuxMachine.INIT,
                Optional.empty(),
                Optional.of(Path.of("/no/root")),
                Optional.of(OWN),
                /* inHolder= */ false,
                /* cpuQuota= */ false,
                /* pidsAtMost= */ 1,
                Optional.empty());

        var unable = LinuxMachine.open(config, folder, reports::add);
        assertThat(unable.examine(Resources.EMPTY))
                .extracting(Problem::message)
                .containsExactly(
                        "/no/runc is no program: install it, or set its path in the agent's configuration",
                        "/no/root is no folder: it must be the root file system of tasks without an image");
        unable.launch(LaunchOrders.shell("c1", "true"));

        assertThat(((AgentInput.TaskNotStarted) report()).reason())
                .startsWith("this agent cannot run tasks in containers: /no/runc is no program");
        unable.close();
    }
}
