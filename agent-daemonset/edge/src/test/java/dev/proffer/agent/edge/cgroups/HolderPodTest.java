package dev.proffer.agent.edge.cgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void cgroupsOfSystemdAreRefused() throws IOException {
        pod(OLD);
        cgroups.create(new CgroupPath("/node1/kubepods.slice/kubepods-pod11111111_1111_1111_1111_111111111111.slice"));

        assertThatThrownBy(this::find).hasMessageContaining("set its cgroupDriver to cgroupfs");
    }

    @Test
    void noMoreIsOfferedThanThePodHolds() {
        var pod = new HolderPod(NEW, CgroupPath.ROOT, OptionalLong.of(1_500), OptionalLong.of(1L << 30));

        assertThat(pod.problemWith(Resources.parse("cpus:1.5;mem:1024"))).isEmpty();
        assertThat(pod.problemWith(Resources.parse("cpus:2;mem:1024")))
                .hasValueSatisfying(text -> assertThat(text).contains("offer 2.0 cpus, but its holder pod has 1.5"));
        assertThat(pod.problemWith(Resources.parse("cpus:1;mem:1025")))
                .hasValueSatisfying(text -> assertThat(text).contains("offer 1025 MiB", "has 1024"));
    }
}
