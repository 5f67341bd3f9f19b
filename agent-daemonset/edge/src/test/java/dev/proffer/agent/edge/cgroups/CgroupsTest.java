package dev.proffer.agent.edge.cgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.agent.edge.problems.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both versions on a kernel that is a folder. */
class CgroupsTest {
    private static final CgroupPath POD = new CgroupPath("/kubepods/pod1");
    private static final CgroupPath TASK = POD.child("proffer").child("t");
    private static final CgroupLimits LIMITS =
            new CgroupLimits(1_500, OptionalLong.of(2_000), OptionalLong.of(64 << 20), OptionalLong.of(100));

    @TempDir
    private Path root;

    private static Cgroups cgroups(KernelFiles kernel) throws IOException {
        return Cgroups.of(kernel, CgroupMounts.read(kernel));
    }

    private Cgroups legacy() throws IOException {
        return cgroups(new FakeKernel(root).legacy());
    }

    private Cgroups unified() throws IOException {
        return cgroups(new FakeKernel(root).unified("cpuset cpu io memory pids"));
    }

    private String content(String path) throws IOException {
        return Files.readString(root.resolve("sys/fs/cgroup").resolve(path)).strip();
    }

    // Version 1

    @Test
    void legacyCgroupIsMadeInEveryHierarchy() throws IOException {
        legacy().create(TASK);

        for (var hierarchy : List.of("cpu,cpuacct", "memory", "pids", "freezer", "cpuset", "systemd", "unified")) {
            assertThat(root.resolve("sys/fs/cgroup/" + hierarchy + TASK)).isDirectory();
        }
    }

    @Test
    void legacyCpusetIsFilledFromAbove() throws IOException {
        legacy().create(TASK);

        assertThat(content("cpuset" + POD + "/cpuset.cpus")).isEqualTo("0-1");
        assertThat(content("cpuset" + TASK + "/cpuset.cpus")).isEqualTo("0-1");
        assertThat(content("cpuset" + TASK + "/cpuset.mems")).isEqualTo("0");
    }

    @Test
    void legacyLimitsAreWrittenAndRead() throws IOException {
        var cgroups = legacy();
        cgroups.create(TASK);
        cgroups.limit(TASK, LIMITS);

        assertThat(content("cpu,cpuacct" + TASK + "/cpu.shares")).isEqualTo("1536");
        assertThat(content("cpu,cpuacct" + TASK + "/cpu.cfs_quota_us")).isEqualTo("200000");
        assertThat(content("memory" + TASK + "/memory.limit_in_bytes")).isEqualTo("67108864");
        assertThat(content("memory" + TASK + "/memory.memsw.limit_in_bytes")).isEqualTo("67108864");
        assertThat(content("pids" + TASK + "/pids.max")).isEqualTo("100");
        assertThat(cgroups.limits(TASK)).isEqualTo(LIMITS);
        assertThat(cgroups.limits(POD))
                .isEqualTo(new CgroupLimits(1_000, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));
    }

    @Test
    void legacyMemoryWithSwapIsNeverTheLowerOne() throws IOException {
        var kernel = new FakeKernel(root).legacy();
        var cgroups = cgroups(kernel);
        cgroups.create(TASK);
        cgroups.limit(TASK, LIMITS);
        kernel.writes.clear();
        cgroups.limit(
                TASK, new CgroupLimits(0, OptionalLong.empty(), OptionalLong.of(128 << 20), OptionalLong.empty()));

        assertThat(kernel.writes)
                .containsExactly(
                        "memory" + TASK + "/memory.memsw.limit_in_bytes=134217728",
                        "memory" + TASK + "/memory.limit_in_bytes=134217728");
    }

    @Test
    void legacyUsageIsRead() throws IOException {
        var cgroups = legacy();
        cgroups.create(TASK);

        assertThat(cgroups.usage(TASK))
                .isEqualTo(new CgroupUsage(123_456_789, 10, 3, 5_000, 1_000, OptionalLong.of(2_000), 700, 4));
        assertThat(cgroups.memoryEvents(TASK)).isEqualTo(new MemoryEvents(false, 1, OptionalLong.of(2_000)));
    }

    @Test
    void legacyKillFreezesKillsAllBelowAndThaws() throws IOException {
        var kernel = new FakeKernel(root).legacy();
        var cgroups = cgroups(kernel);
        cgroups.create(TASK.child("inner"));
        cgroups.join(TASK, 11);
        cgroups.join(TASK.child("inner"), 12);
        kernel.writes.clear();

        assertThat(cgroups.kill(TASK)).isTrue();
        assertThat(kernel.killed).containsExactly(11L, 12L);
        assertThat(kernel.writes)
                .containsExactly(
                        "freezer" + TASK + "/freezer.state=FROZEN", "freezer" + TASK + "/freezer.state=THAWED");
    }

    @Test
    void processJoinsEveryHierarchy() throws IOException {
        var kernel = new FakeKernel(root).legacy();
        var cgroups = cgroups(kernel);
        cgroups.create(TASK);
        kernel.writes.clear();
        cgroups.join(TASK, 7);

        assertThat(kernel.writes)
                .hasSize(7)
                .contains("systemd" + TASK + "/cgroup.procs=7", "unified" + TASK + "/cgroup.procs=7");
        assertThat(cgroups.processFiles(TASK)).hasSize(7);
    }

    // Version 2

    @Test
    void controllersAreEnabledOnTheWayDownButNotInTheLeaf() throws IOException {
        unified().create(TASK);

        assertThat(content("cgroup.subtree_control")).isEqualTo("+cpu +memory +pids +io +cpuset");
        assertThat(content(TASK.parent().value().substring(1) + "/cgroup.subtree_control"))
                .isEqualTo("+cpu +memory +pids +io +cpuset");
        assertThat(content(TASK.value().substring(1) + "/cgroup.subtree_control"))
                .isEmpty();
    }

    @Test
    void unifiedLimitsAreWrittenAndRead() throws IOException {
        var cgroups = unified();
        cgroups.create(TASK);
        cgroups.limit(TASK, LIMITS);

        var task = TASK.value().substring(1);
        assertThat(content(task + "/cpu.weight")).isEqualTo("150");
        assertThat(content(task + "/cpu.max")).isEqualTo("200000 100000");
        assertThat(content(task + "/memory.swap.max")).isEqualTo("0");
        assertThat(content(task + "/memory.oom.group")).isEqualTo("1");
        assertThat(cgroups.limits(TASK)).isEqualTo(LIMITS);
    }

    @Test
    void unifiedUsageIsRead() throws IOException {
        var cgroups = unified();
        cgroups.create(TASK);

        assertThat(cgroups.usage(TASK))
                .isEqualTo(new CgroupUsage(12_000, 10, 3, 5_000, 1_000, OptionalLong.of(2_000), 700, 4));
        assertThat(cgroups.memoryEvents(TASK)).isEqualTo(new MemoryEvents(true, 2, OptionalLong.of(2_000)));
    }

    @Test
    void unifiedKillIsTheKernels() throws IOException {
        var kernel = new FakeKernel(root).unified("cpu memory pids");
        var cgroups = cgroups(kernel);
        cgroups.create(TASK);
        cgroups.join(TASK, 11);

        assertThat(cgroups.kill(TASK)).isTrue();
        assertThat(kernel.writes).endsWith(TASK.value().substring(1) + "/cgroup.kill=1");
        assertThat(cgroups.processes(TASK)).isEmpty();
    }

    // Both

    @Test
    void whatIsBusyIsRemovedALittleLater() throws IOException {
        var cgroups = cgroups(new FakeKernel(root).legacy().busyFor(5));
        cgroups.create(TASK.child("inner"));
        cgroups.remove(TASK);

        assertThat(cgroups.exists(TASK)).isFalse();
        assertThat(cgroups.exists(TASK.parent())).isTrue();
        cgroups.remove(TASK);
    }

    @Test
    void valueThatTheKernelRefusesIsNamed() throws IOException {
        var cgroups = legacy();

        assertThatThrownBy(() -> cgroups.limit(new CgroupPath("/none"), LIMITS))
                .hasMessageContaining("the kernel does not take '1536' for cpu.shares of the cgroup /none");
    }

    // Bad surroundings

    @Test
    void missingControllerIsNamed() throws IOException {
        assertThat(cgroups(new FakeKernel(root)
                                .legacy("cpu,cpuacct")
                                .legacy("memory")
                                .legacy("freezer"))
                        .problems(POD))
                .singleElement()
                .isEqualTo(new Problem.ControllerMissing("pids"));
    }

    @Test
    void missingControllerOfVersionTwoIsNamed() throws IOException {
        assertThat(cgroups(new FakeKernel(root).unified("cpu pids")).problems(POD))
                .singleElement()
                .isEqualTo(new Problem.ControllerNotEnabled("memory", "/"));
    }

    @Test
    void readOnlyMountIsNamed() throws IOException {
        assertThat(cgroups(new FakeKernel(root).readOnly().unified("cpu memory pids"))
                        .problems(POD))
                .singleElement()
                .isEqualTo(new Problem.CgroupsReadOnly("/sys/fs/cgroup"));
    }

    @Test
    void nothingMountedIsNamed() throws IOException {
        assertThat(cgroups(new FakeKernel(root)).problems(POD))
                .singleElement()
                .isEqualTo(new Problem.CgroupsNotMounted());
    }

    @Test
    void legacyCgroupIsNotMadeWhereTheOneAboveIsGone() throws IOException {
        notMadeBelowWhatIsGone(legacy());
    }

    @Test
    void unifiedCgroupIsNotMadeWhereTheOneAboveIsGone() throws IOException {
        notMadeBelowWhatIsGone(unified());
    }

    private static void notMadeBelowWhatIsGone(Cgroups cgroups) throws IOException {
        assertThatThrownBy(() -> cgroups.createBelow(POD, TASK)).isInstanceOf(NoSuchFileException.class);
        assertThat(cgroups.exists(POD)).isFalse();

        cgroups.create(POD);
        cgroups.createBelow(POD, TASK);
        assertThat(cgroups.exists(TASK)).isTrue();
    }

    @Test
    void soundMachineHasNoProblems() throws IOException {
        assertThat(legacy().problems(POD)).isEmpty();
    }
}
