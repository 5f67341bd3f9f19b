package dev.proffer.agent.edge.cgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.agent.edge.problems.Problem;
import dev.proffer.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HolderPodTest {
    private static final String OLD = "11111111-1111-1111-1111-111111111111";
    private static final String NEW = "22222222-2222-2222-2222-222222222222";

    @TempDir
    private Path root;

    private Path holders;
    private FakeKernel kernel;
    private Cgroups cgroups;

    @BeforeEach
    void open() throws IOException {
        holders = Files.createDirectories(root.resolve("holders"));
        kernel = new FakeKernel(root).legacy();
        Files.writeString(root.resolve("proc/self/cgroup"), "4:memory:/node1/kubepods/burstable/podx/y\n0::/\n");
        cgroups = Cgroups.of(kernel, CgroupMounts.read(kernel));
    }

    private CgroupPath pod(String uid) throws IOException {
        Files.createDirectories(holders.resolve(uid));
        return new CgroupPath("/node1/kubepods/pod" + uid);
    }

    private HolderPod find() throws IOException {
        return HolderPod.find(holders, kernel, cgroups);
    }

    @Test
    void podWhoseCgroupExistsHoldsTheShare() throws IOException {
        pod(OLD);
        cgroups.create(pod(NEW));
        Files.createDirectories(holders.resolve("not-a-uid"));
        cgroups.limit(
                pod(NEW),
                new CgroupLimits(1_500, OptionalLong.of(1_500), OptionalLong.of(1L << 30), OptionalLong.empty()));

        assertThat(find()).isEqualTo(new HolderPod(NEW, pod(NEW), OptionalLong.of(1_500), OptionalLong.of(1L << 30)));
    }

    @Test
    void podOfAnotherClassIsFoundToo() throws IOException {
        pod(OLD);
        var cgroup = new CgroupPath("/node1/kubepods/burstable/pod" + OLD);
        cgroups.create(cgroup);

        assertThat(find().cgroup()).isEqualTo(cgroup);
    }

    @Test
    void noPodIsASentence() throws IOException {
        pod(OLD);

        assertThatThrownBy(this::find)
                .hasMessageContaining("no pod holds a share of this node")
                .hasMessageContaining("below /node1/kubepods")
                .hasMessageContaining("holder DaemonSet");
    }

    @Test
    void noHolderEverIsTheSame() throws IOException {
        Files.delete(holders);

        assertThatThrownBy(this::find).hasMessageContaining("no pod holds a share of this node");
    }

    @Test
    void podThatGoesThisMomentHoldsNothing() throws IOException {
        cgroups.create(pod(OLD));
        Files.delete(root.resolve("sys/fs/cgroup/memory/node1/kubepods/pod" + OLD + "/memory.limit_in_bytes"));

        assertThatThrownBy(this::find).hasMessageContaining("no pod holds a share of this node");
    }

    @Test
    void cgroupsOfSystemdAreRefused() throws IOException {
        pod(OLD);
        cgroups.create(new CgroupPath("/node1/kubepods.slice/kubepods-pod11111111_1111_1111_1111_111111111111.slice"));

        assertThatThrownBy(this::find).hasMessageContaining("set its cgroupDriver to cgroupfs");
    }

    @Test
    void noMoreIsOfferedThanThePodHolds() {
        var pod = new HolderPod(NEW, CgroupPath.ROOT, OptionalLong.of(1_500), OptionalLong.of(1L << 30));

        assertThat(pod.problemWith(Resources.parse("cpus:1.5;mem:1024"))).isEmpty();
        assertThat(left(pod, "cpus:2;mem:1024;disk:5")).isEqualTo(Resources.parse("cpus:1.5;mem:1024;disk:5"));
        assertThat(left(pod, "cpus:1;mem:1025")).isEqualTo(Resources.parse("cpus:1;mem:1024"));
        assertThat(left(pod, "cpus:1;cpus(eng):2;mem:2000")).isEqualTo(Resources.parse("cpus(eng):1.5;mem:1024"));
        assertThat(pod.problemWith(Resources.parse("cpus:2;mem:2000")))
                .map(Problem::sentence)
                .contains("the holder's pod has only 1.5 cpus and 1024 MiB of memory, which is less than the pool's"
                        + " amounts");
    }

    /** A limit of the kernel's is a number of pages: 1000M are some bytes less there. */
    @Test
    void partOfAPageIsNotMissed() {
        var pod = new HolderPod(NEW, CgroupPath.ROOT, OptionalLong.empty(), OptionalLong.of(999_997_440));

        assertThat(pod.problemWith(Resources.parse("mem:953.674"))).isEmpty();
    }

    private static Resources left(HolderPod pod, String configured) {
        var resources = Resources.parse(configured);
        return pod.problemWith(resources).orElseThrow().left(resources);
    }
}
