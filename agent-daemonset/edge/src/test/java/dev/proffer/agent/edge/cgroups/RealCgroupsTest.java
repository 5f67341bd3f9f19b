package dev.proffer.agent.edge.cgroups;

import static dev.proffer.agent.edge.launcher.linux.LinuxMachine.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proffer.agent.edge.problems.Problem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running kernel, below a cgroup of this test's own. Only root may. */
class RealCgroupsTest {
    private static final CgroupPath OWN =
            new CgroupPath("/proffer-test-" + ProcessHandle.current().pid());
    private static final CgroupPath TASK = OWN.child("task");

    /** More than a shell needs to come up. */
    private static final long STARTED_NANOS = Duration.ofMillis(200).toNanos();

    private static final long MEASURED_NANOS = Duration.ofSeconds(1).toNanos();

    private final List<Process> started = new ArrayList<>();
    private Cgroups cgroups;

    @BeforeEach
    void open() throws IOException {
        var kernel = LinuxFiles.ofMachine();
        assumeTrue(kernel.exists("/proc/self/mountinfo"), "no Linux");
        cgroups = Cgroups.of(kernel, CgroupMounts.read(kernel));
        var problems = cgroups.problems(CgroupPath.ROOT);
        assumeTrue(problems.isEmpty(), () -> "cgroups cannot be used here: " + problems);
        cgroups.create(TASK);
    }

    @AfterEach
    void leaveNothing() throws IOException {
        started.forEach(Process::destroyForcibly);
        if (cgroups.exists(OWN)) {
            assertThat(cgroups.kill(OWN)).isTrue();
            cgroups.remove(OWN);
        }
        assertThat(cgroups.exists(OWN)).isFalse();
    }

    /** Runs a shell's line once it is in the cgroup. */
    private Process run(CgroupPath cgroup, String line) throws IOException {
        var process = new ProcessBuilder("/bin/sh", "-c", "read -r go; " + line).start();
        started.add(process);
        cgroups.join(cgroup, process.pid());
        try (BufferedWriter go = process.outputWriter(StandardCharsets.US_ASCII)) {
            go.write("go\n");
        }
        return process;
    }

    private static CgroupLimits limits(long cpuMillis, long memoryBytes, long pids) {
        return new CgroupLimits(cpuMillis, OptionalLong.empty(), OptionalLong.of(memoryBytes), OptionalLong.of(pids));
    }

    @Test
    void limitsAreAsWritten() throws IOException {
        var limits = new CgroupLimits(500, OptionalLong.of(250), OptionalLong.of(64 << 20), OptionalLong.of(20));
        cgroups.limit(TASK, limits);
        assertThat(cgroups.limits(TASK)).isEqualTo(limits);

        var raised = new CgroupLimits(1_000, OptionalLong.of(500), OptionalLong.of(128 << 20), OptionalLong.of(40));
        cgroups.limit(TASK, raised);
        assertThat(cgroups.limits(TASK)).isEqualTo(raised);
    }

    @Test
    void processesAreSeenAndMeasured() throws IOException {
        var process = run(TASK, "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; sleep 1000 & wait");

        await().until(() -> cgroups.processes(TASK).size() == 2);
        assertThat(cgroups.processes(OWN)).contains(process.pid());
        var usage = cgroups.usage(TASK);
        assertThat(usage.cpuNanos()).isGreaterThan(Duration.ofMillis(50).toNanos());
        assertThat(usage.rssBytes()).isPositive();
        assertThat(usage.memoryBytes()).isGreaterThanOrEqualTo(usage.rssBytes() / 2);
        assertThat(usage.processes()).isEqualTo(2);
    }

    @Test
    void forkBombStopsAtItsLimitAndIsKilledWhole() throws IOException {
        cgroups.limit(TASK, limits(0, 256 << 20, 60));
        run(TASK, "bomb() { bomb | bomb & }; bomb 2> /dev/null; while :; do sleep 1000 & done 2> /dev/null");

        await().until(() -> cgroups.usage(TASK).processes() > 50);
        assertThat(cgroups.usage(TASK).processes()).isLessThanOrEqualTo(60);
        assertThat(cgroups.kill(TASK)).isTrue();
        assertThat(cgroups.processes(TASK)).isEmpty();
    }

    @Test
    void memoryHogIsEndedByTheKernelAndItsNeighbourIsNot() throws Exception {
        var neighbour = OWN.child("neighbour");
        cgroups.create(neighbour);
        cgroups.limit(TASK, limits(0, 32 << 20, 100));
        cgroups.limit(neighbour, limits(0, 32 << 20, 100));
        var quiet = run(neighbour, "exec sleep 1000");
        var hog = run(TASK, "exec tail /dev/zero");

        assertThat(hog.waitFor()).isEqualTo(137);
        assertThat(cgroups.memoryEvents(TASK).oomKills()).isPositive();
        assertThat(cgroups.memoryEvents(TASK).atLimit()).isTrue();
        assertThat(cgroups.memoryEvents(TASK).peakBytes().orElse(32 << 20)).isBetween(30L << 20, 32L << 20);
        assertThat(cgroups.memoryEvents(neighbour).oomKills()).isZero();
        assertThat(quiet.isAlive()).isTrue();
    }

    @Test
    void memoryThatAllTogetherUsedUpIsNotTheLimitOfWhoeverIsEndedForIt() throws Exception {
        cgroups.limit(OWN, limits(0, 32 << 20, 100));
        cgroups.limit(TASK, limits(0, 256 << 20, 100));
        var hog = run(TASK, "exec tail /dev/zero");

        assertThat(hog.waitFor()).isEqualTo(137);
        assertThat(cgroups.memoryEvents(TASK).oomKills()).isPositive();
        assertThat(cgroups.memoryEvents(TASK).atLimit()).isFalse();
    }

    @Test
    void hardQuotaHoldsBack() throws Exception {
        cgroups.limit(TASK, new CgroupLimits(0, OptionalLong.of(100), OptionalLong.empty(), OptionalLong.empty()));
        run(TASK, "while :; do :; done");

        await().until(() -> cgroups.usage(TASK).throttledPeriods() > 3);
        assertThat(cgroups.usage(TASK).throttledNanos()).isPositive();
    }

    /** In version 2 a cgroup has either processes or cgroups below. */
    @Test
    void processesBelowAreKilledToo() throws IOException {
        killsAllBelow(cgroups);
    }

    /** Version 2 before Linux 5.14. */
    @Test
    void processesAreKilledWhereTheKernelHasNoFileForIt() throws IOException {
        var kernel = new KernelWithout(LinuxFiles.ofMachine(), "cgroup.kill");
        killsAllBelow(Cgroups.of(kernel, CgroupMounts.read(kernel)));
    }

    @Test
    void cgroupWithProcessesCanHoldTasksInVersion1Alone() throws IOException {
        run(TASK, "exec sleep 1000");

        if (CgroupMounts.read(LinuxFiles.ofMachine()).isLegacy()) {
            assertThat(cgroups.problems(TASK.child("inner"))).isEmpty();
        } else {
            assertThat(cgroups.problems(TASK.child("inner")))
                    .singleElement()
                    .isEqualTo(new Problem.CgroupOccupied(TASK.value()));
            assertThatThrownBy(() -> cgroups.create(TASK.child("inner")))
                    .hasMessageContaining("cgroup.subtree_control");
        }
    }

    private void killsAllBelow(Cgroups tested) throws IOException {
        cgroups.create(TASK.child("one"));
        cgroups.create(TASK.child("two").child("inner"));
        var one = run(TASK.child("one"), "exec sleep 1000");
        var two = run(TASK.child("two").child("inner"), "while :; do sleep 0.01 & done");

        assertThat(tested.kill(TASK)).isTrue();
        await().until(() -> !one.isAlive() && !two.isAlive());
        cgroups.remove(TASK);
        assertThat(cgroups.exists(TASK)).isFalse();
    }

    /** Both on one CPU, so that there is something to share. */
    @Test
    void contendedCpuIsSharedByWeight() throws Exception {
        var heavy = OWN.child("heavy");
        cgroups.create(heavy);
        cgroups.limit(TASK, new CgroupLimits(250, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));
        cgroups.limit(heavy, new CgroupLimits(750, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));
        for (var cgroup : List.of(TASK, heavy)) {
            run(cgroup, "taskset -cp " + aCpu() + " $$; while :; do :; done");
        }

        await().until(() -> cpuNanos(TASK) > STARTED_NANOS && cpuNanos(heavy) > STARTED_NANOS);
        long light = cpuNanos(TASK);
        long most = cpuNanos(heavy);
        await().until(() -> cpuNanos(TASK) - light > MEASURED_NANOS);
        await().untilAsserted(() -> assertThat((cpuNanos(heavy) - most) / (double) (cpuNanos(TASK) - light))
                .isBetween(2.7, 3.3));
    }

    private long cpuNanos(CgroupPath cgroup) throws IOException {
        return cgroups.usage(cgroup).cpuNanos();
    }

    /** One that this process may use. */
    private static String aCpu() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.replaceAll("\\D*(\\d+).*", "$1"))
                .findFirst()
                .orElseThrow();
    }
}
