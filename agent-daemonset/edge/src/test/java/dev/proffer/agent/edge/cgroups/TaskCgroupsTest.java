package dev.proffer.agent.edge.cgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.agent.core.Container;
import dev.proffer.agent.core.TaskKey;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.TaskId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskCgroupsTest {
    private static final CgroupPath PARENT = new CgroupPath("/kubepods/pod1");

    @TempDir
    private Path root;

    private Cgroups cgroups;
    private TaskCgroups tasks;

    @BeforeEach
    void open() throws IOException {
        var kernel = new FakeKernel(root).legacy();
        cgroups = Cgroups.of(kernel, CgroupMounts.read(kernel));
        tasks = new TaskCgroups(cgroups);
        cgroups.create(PARENT);
        tasks.prepare(PARENT);
    }

    private static Container container(String framework, String task) {
        return new Container(new AgentId("a"), new TaskKey(new FrameworkId(framework), new TaskId(task)), "id-" + task);
    }

    private static CgroupLimits cpus(long millis) {
        return new CgroupLimits(millis, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    @Test
    void eachFrameworkExecutorAndTaskHasItsOwn() throws IOException {
        assertThat(tasks.create(PARENT, container("f", "t"), cpus(500)))
                .isEqualTo(new CgroupPath("/kubepods/pod1/proffer/f-f/e-t/c-id-t"));
        assertThat(tasks.supervisors(PARENT)).isEqualTo(new CgroupPath("/kubepods/pod1/proffer/_sup"));
        assertThat(cgroups.exists(tasks.supervisors(PARENT))).isTrue();
    }

    @Test
    void frameworkWeighsAsMuchAsItsTasks() throws IOException {
        tasks.create(PARENT, container("f", "t1"), cpus(500));
        tasks.create(PARENT, container("f", "t2"), cpus(1_500));
        tasks.create(PARENT, container("g", "t3"), cpus(1_000));
        var framework = PARENT.child("proffer").child("f-f");
        assertThat(cgroups.cpuMillis(framework)).isEqualTo(2_000);

        tasks.remove(tasks.of(PARENT, container("f", "t2")));

        assertThat(cgroups.cpuMillis(framework)).isEqualTo(500);
        assertThat(cgroups.cpuMillis(PARENT.child("proffer").child("f-g"))).isEqualTo(1_000);
    }

    @Test
    void nothingIsLeftOfTheLastTask() throws IOException {
        tasks.create(PARENT, container("f", "t"), cpus(500));
        tasks.remove(tasks.of(PARENT, container("f", "t")));

        assertThat(cgroups.children(PARENT.child("proffer"))).containsExactly("_sup");
        tasks.remove(tasks.of(PARENT, container("f", "t")));
    }

    @Test
    void parentThatIsGoneIsNotMadeAnew() throws IOException {
        cgroups.remove(PARENT);

        assertThatThrownBy(() -> tasks.create(PARENT, container("f", "t"), cpus(500)))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(cgroups.exists(PARENT)).isFalse();
    }

    @Test
    void idsCannotMislead() {
        assertThat(TaskCgroups.name("a/../b c\n")).isEqualTo("a%2f..%2fb%20c%0a");
        assertThat(TaskCgroups.name("é")).isEqualTo("%c3%a9");
        assertThat(TaskCgroups.name("x".repeat(300)))
                .hasSizeLessThan(255)
                .isNotEqualTo(TaskCgroups.name("x".repeat(301)));
        assertThat(tasks.of(PARENT, container("f", "tasks")).value()).endsWith("/e-tasks/c-id-tasks");
    }
}
