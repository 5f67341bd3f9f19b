package dev.proffer.agent.edge.launcher.linux;

import static dev.proffer.agent.edge.launcher.linux.LinuxMachine.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.ExitStatus;
import dev.proffer.agent.edge.cgroups.CgroupLimits;
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
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pods that hold a share of the node come and go; the test plays the kubelet, on real cgroups. */
class HolderLossTest {
    private static final CgroupPath PODS = new CgroupPath("/kubepods");
    private static final Resources CONFIGURED = Resources.parse("cpus:1;mem:256");

    private final BlockingQueue<AgentInput> reports = new LinkedBlockingQueue<>();
    private final String first = UUID.randomUUID().toString();
    private final String second = UUID.randomUUID().toString();
    private Path state;
    private Cgroups cgroups;
    private boolean ownPods;
    private Launcher launcher;

    @BeforeEach
    void open() throws IOException {
        LinuxMachine.assumeItCan();
        state = Files.createTempDirectory(Path.of("/var/tmp"), "holder-loss");
        cgroups = LinuxMachine.cgroups();
        ownPods = !cgroups.exists(PODS);
        var config = new LinuxConfig(
                LinuxMachine.RUNTIME,
                LinuxMachine.MONITOR,
                LinuxMachine.INIT,
                Optional.empty(),
                Optional.of(Path.of("/")),
                /* parent= */ Optional.empty(),
                /* inHolder= */ true,
                /* cpuQuota= */ false,
                /* pidsAtMost= */ 50,
                Optional.of("root"));
        launcher = LinuxMachine.open(config, state, reports::add);
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
        for (var uid : List.of(first, second)) {
            end(uid);
        }
        if (ownPods) {
            cgroups.remove(PODS);
        }
        Folders.delete(state);
    }

    private static CgroupPath pod(String uid) {
        return PODS.child("pod" + uid);
    }

    private void start(String uid, long memoryBytes) throws IOException {
        Files.createDirectories(state.resolve("holders").resolve(uid));
        cgroups.create(pod(uid));
        cgroups.limit(
                pod(uid),
                new CgroupLimits(1_000, OptionalLong.of(1_000), OptionalLong.of(memoryBytes), OptionalLong.empty()));
    }

    private void end(String uid) throws IOException {
        if (cgroups.exists(pod(uid))) {
            cgroups.kill(pod(uid));
            cgroups.remove(pod(uid));
        }
    }

    private AgentInput report() throws InterruptedException {
        var report = reports.poll(60, TimeUnit.SECONDS);
        assertThat(report).isNotNull();
        return report;
    }

    private List<String> examine() {
        return launcher.examine(CONFIGURED).stream().map(Problem::name).toList();
    }

    @Test
    void withoutAHolderNothingRuns() throws Exception {
        assertThat(examine()).containsExactly("NoHolder");
        launcher.launch(LaunchOrders.shell("c1", "true"));

        assertThat(((AgentInput.TaskNotStarted) report()).reason()).contains("no pod holds a share of this node");
    }

    @Test
    void holderThatComesLaterIsUsedWithoutARestart() throws Exception {
        assertThat(examine()).containsExactly("NoHolder");
        start(first, 256 << 20);

        assertThat(examine()).isEmpty();
        launcher.launch(LaunchOrders.shell("c1", "exit 3"));
        assertThat(report()).isInstanceOf(AgentInput.TaskStarted.class);
        assertThat(((AgentInput.TaskExited) report()).status()).isEqualTo(new ExitStatus.Exited(3));
    }

    @Test
    void tasksGoWithTheirHolderAndTheNextOneIsUsed() throws Exception {
        start(first, 256 << 20);
        assertThat(examine()).isEmpty();
        launcher.launch(LaunchOrders.shell("c1", "exec sleep 1000"));
        assertThat(report()).isInstanceOf(AgentInput.TaskStarted.class);

        end(first);

        assertThat(((AgentInput.TaskExited) report()).status()).isInstanceOf(ExitStatus.Unknown.class);
        assertThat(examine()).containsExactly("NoHolder");
        assertThat(cgroups.exists(pod(first))).isFalse();

        start(second, 256 << 20);
        assertThat(examine()).isEmpty();
        launcher.launch(LaunchOrders.shell("c2", "exec sleep 1000"));
        assertThat(report()).isInstanceOf(AgentInput.TaskStarted.class);
        assertThat(cgroups.processes(pod(second))).isNotEmpty();
    }

    /** Between two examinations: what would be made in its place nobody would hold to its limits. */
    @Test
    void holderThatIsGoneIsNotMadeAnewByALaunch() throws Exception {
        start(first, 256 << 20);
        assertThat(examine()).isEmpty();
        end(first);
        launcher.launch(LaunchOrders.shell("c1", "true"));

        assertThat(report()).isInstanceOf(AgentInput.TaskNotStarted.class);
        assertThat(cgroups.exists(pod(first))).isFalse();
    }

    @Test
    void smallHolderLeavesWhatItHas() throws Exception {
        start(first, 64 << 20);

        var problem = launcher.examine(CONFIGURED).getFirst();
        assertThat(problem.left(CONFIGURED)).isEqualTo(Resources.parse("cpus:1;mem:64"));
        launcher.launch(LaunchOrders.shell("c1", "true"));
        assertThat(report()).isInstanceOf(AgentInput.TaskStarted.class);
        assertThat(report()).isInstanceOf(AgentInput.TaskExited.class);

        cgroups.limit(
                pod(first),
                new CgroupLimits(1_000, OptionalLong.empty(), OptionalLong.of(256 << 20), OptionalLong.empty()));
        assertThat(examine()).isEmpty();
    }
}
