package dev.proffer.agent.edge.launcher.linux;

import static dev.proffer.agent.edge.launcher.linux.LinuxMachine.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.ExitStatus;
import dev.proffer.agent.edge.cgroups.CgroupPath;
import dev.proffer.agent.edge.cgroups.Cgroups;
import dev.proffer.agent.edge.launcher.Folders;
import dev.proffer.agent.edge.launcher.LaunchOrders;
import dev.proffer.agent.edge.launcher.Launcher;
import dev.proffer.agent.edge.problems.Problem;
import dev.proffer.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Monitors in a root file system of their own, as in a pod, whose own one goes with it. */
class ToolboxTest {
    private static final CgroupPath OWN =
            new CgroupPath("/proffer-toolbox-" + ProcessHandle.current().pid());

    private final BlockingQueue<AgentInput> reports = new LinkedBlockingQueue<>();
    private Path state;
    private Cgroups cgroups;
    private Launcher launcher;

    @BeforeEach
    void open() throws Exception {
        LinuxMachine.assumeItCan();
        state = Files.createTempDirectory(Path.of("/var/tmp"), "toolbox");
        ToolboxFolder.make(state.resolve("toolbox"));
        cgroups = LinuxMachine.cgroups();
        launcher = LinuxMachine.launcher(config(), state, reports::add);
    }

    private LinuxConfig config() {
        return new LinuxConfig(
                LinuxMachine.RUNTIME,
                LinuxMachine.MONITOR,
                LinuxMachine.INIT,
                Optional.of(state.resolve("toolbox")),
                /* taskRoot= */ Optional.empty(),
                Optional.of(OWN),
                /* inHolder= */ false,
                /* cpuQuota= */ false,
                /* pidsAtMost= */ 50,
                Optional.of("root"));
    }

    @AfterEach
    void leaveNothing() throws IOException {
        if (launcher == null) {
            return;
        }
        launcher.sweep(new AgentEffect.Sweep(List.of()));
        await().until(() -> {
            try (var bundles = Files.list(state.resolve("linux/bundles"))) {
                return bundles.findAny().isEmpty();
            }
        });
        launcher.close();
        await().until(() -> cgroups.processes(OWN).isEmpty());
        cgroups.remove(OWN);
        assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(state.toString());
        Folders.delete(state);
    }

    private AgentInput report() throws InterruptedException {
        var report = reports.poll(LinuxMachine.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(report).isNotNull();
        return report;
    }

    @Test
    void taskRunsInTheToolboxAndItsMonitorHoldsNothingElse() throws Exception {
        launcher.launch(LaunchOrders.shell("c1", "ls /; while [ ! -e go ]; do sleep 0.01; done; exit 4"));
        assertThat(report()).isInstanceOf(AgentInput.TaskStarted.class);
        long monitor = new Bundle(state.resolve("linux/bundles/c1"), state.resolve("linux/exits"))
                .monitorPid()
                .orElseThrow();

        var mounts = Files.readAllLines(Path.of("/proc", Long.toString(monitor), "mountinfo"));
        var points = mounts.stream().map(line -> line.split(" ")[4]).toList();
        assertThat(points)
                .allMatch(point -> point.equals("/")
                        || point.equals("/dev")
                        || point.startsWith("/proc")
                        || point.startsWith("/sys")
                        || point.equals(state.toString()));
        assertThat(mounts.getFirst().split(" ")[3]).contains(state.getFileName() + "/linux/toolboxes/");
        for (var descriptor : List.of("0", "1", "2")) {
            assertThat(Files.readSymbolicLink(Path.of("/proc", Long.toString(monitor), "fd", descriptor))
                            .toString())
                    .matches("/dev/null|" + state + "/sandbox/c1/std(out|err)");
        }

        Files.createFile(state.resolve("sandbox/c1/go"));
        assertThat(((AgentInput.TaskExited) report()).status()).isEqualTo(new ExitStatus.Exited(4));
        assertThat(state.resolve("sandbox/c1/stdout"))
                .content()
                .contains("mnt\n", "usr\n")
                .doesNotContain("home");
    }

    @Test
    void newVersionOfTheToolboxReplacesTheOldWhenNobodyUsesItAnyMore() throws Exception {
        launcher.launch(LaunchOrders.shell("c1", "while [ ! -e go ]; do sleep 0.01; done"));
        assertThat(report()).isInstanceOf(AgentInput.TaskStarted.class);
        Files.writeString(state.resolve("toolbox/etc/version"), "2");

        LinuxMachine.launcher(config(), state, reports::add).close();
        assertThat(toolboxes()).isEqualTo(2);

        Files.createFile(state.resolve("sandbox/c1/go"));
        assertThat(report()).isInstanceOf(AgentInput.TaskExited.class);
        launcher.discard(new AgentEffect.Discard(LaunchOrders.container("c1")));
        await().until(() -> !Files.exists(state.resolve("linux/bundles/c1")));
        LinuxMachine.launcher(config(), state, reports::add).close();
        assertThat(toolboxes()).isEqualTo(1);
    }

    private long toolboxes() throws IOException {
        try (var versions = Files.list(state.resolve("linux/toolboxes"))) {
            return versions.count();
        }
    }

    @Test
    void toolboxWithoutItsProgramsIsRefused() throws IOException {
        var missing = state.resolve("toolbox" + LinuxMachine.MONITOR);
        Files.delete(missing);

        var unable = LinuxMachine.open(config(), state, reports::add);
        assertThat(unable.examine(Resources.EMPTY)).containsExactly(new Problem.ProgramMissing(missing));
        unable.close();
    }
}
