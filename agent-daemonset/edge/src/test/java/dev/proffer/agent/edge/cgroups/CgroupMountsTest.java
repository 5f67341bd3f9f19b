package dev.proffer.agent.edge.cgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupMountsTest {
    @TempDir
    private Path root;

    private CgroupMounts mounts(String mountinfo) throws IOException {
        Files.createDirectories(root.resolve("proc/self"));
        Files.writeString(root.resolve("proc/self/mountinfo"), mountinfo);
        return CgroupMounts.read(new LinuxFiles(root));
    }

    @Test
    void pureVersionTwoIsFound() throws IOException {
        var mounts = mounts("""
                22 1 0:20 / / rw - ext4 /dev/vda rw
                30 22 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot
                """);

        assertThat(mounts.isLegacy()).isFalse();
        assertThat(mounts.all()).extracting(Hierarchy::mountPoint).containsExactly("/sys/fs/cgroup");
    }

    @Test
    void controllersOfVersionOneAreFoundWithAnEmptyVersionTwo() throws IOException {
        var mounts = mounts("""
                31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755
                32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:7 - cgroup cgroup rw,cpu,cpuacct
                35 31 0:32 / /sys/fs/cgroup/memory ro,nosuid - cgroup cgroup rw,memory
                40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd
                41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
                42 31 0:29 / /other/cpu rw - cgroup cgroup rw,cpu,cpuacct
                """);

        assertThat(mounts.isLegacy()).isTrue();
        assertThat(mounts.legacy())
                .extracting(Hierarchy::controllers)
                .containsExactly(List.of("cpu", "cpuacct"), List.of("memory"), List.of("name=systemd"));
        assertThat(mounts.legacy()).extracting(Hierarchy::writable).containsExactly(true, false, true);
        assertThat(mounts.all()).hasSize(4);
    }

    @Test
    void systemdsHierarchyAloneIsNotVersionOne() throws IOException {
        assertThat(mounts("""
                                40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd
                                41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
                                """).isLegacy()).isFalse();
    }

    @Test
    void pathsBelowAPartThatIsMountedAreTranslated() throws IOException {
        var hierarchy = mounts("30 22 0:26 /kubepods/pod1 /mnt/a\\040b rw - cgroup2 cgroup2 rw\n")
                .unified()
                .orElseThrow();

        assertThat(hierarchy.folder(new CgroupPath("/kubepods/pod1/proffer"))).isEqualTo("/mnt/a b/proffer");
        assertThat(hierarchy.folder(new CgroupPath("/kubepods/pod1"))).isEqualTo("/mnt/a b");
        assertThatThrownBy(() -> hierarchy.folder(new CgroupPath("/kubepods/pod2")))
                .hasMessageContaining("lies outside of /kubepods/pod1");
    }
}
