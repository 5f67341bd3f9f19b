package dev.proffer.master.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.policy.TaskPolicy;
import dev.proffer.protocol.v1.ContainerInfo;
import dev.proffer.protocol.v1.Image;
import dev.proffer.protocol.v1.LinuxInfo;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.Volume;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskPermissionTest {
    private static final TaskPolicy STRICT =
            new TaskPolicy(List.of("web"), false, false, List.of("registry.example.com/team/"));

    /** @param fragments what the problem must say */
    record Case(String name, Consumer<TaskInfo.Builder> change, List<String> fragments) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Optional<String> problem(TaskPolicy policy, Consumer<TaskInfo.Builder> change) {
        var task = TaskInfo.newBuilder().setName("t");
        change.accept(task);
        return new TaskPermission(policy, "web").problemWith(task.buildPartial());
    }

    private static Case of(String name, Consumer<TaskInfo.Builder> change, String... fragments) {
        return new Case(name, change, List.of(fragments));
    }

    private static Case container(String name, Consumer<ContainerInfo.Builder> change, String... fragments) {
        return of(name, task -> change.accept(task.getContainerBuilder().setType(ContainerInfo.Type.MESOS)), fragments);
    }

    private static Volume.Builder volume() {
        return Volume.newBuilder().setMode(Volume.Mode.RW).setContainerPath("data");
    }

    @SuppressWarnings("deprecation") // Old clients set the deprecated field.
    static Stream<Case> forbidden() {
        return Stream.of(
                of("user", task -> task.getCommandBuilder().setUser("root"), "'command.user' is 'root'", "[web]"),
                of(
                        "executor's user",
                        task -> task.getExecutorBuilder().getCommandBuilder().setUser("root"),
                        "'executor.command.user'"),
                of(
                        "health check's user",
                        task -> task.getHealthCheckBuilder().getCommandBuilder().setUser("root"),
                        "'health_check.command.user'"),
                of(
                        "check's user",
                        task -> task.getCheckBuilder()
                                .getCommandBuilder()
                                .getCommandBuilder()
                                .setUser("root"),
                        "'check.command.command.user'"),
                of(
                        "file of the node",
                        task -> task.getCommandBuilder().addUrisBuilder().setValue("file:///etc/shadow"),
                        "'command.uris'",
                        "hostAccess"),
                container("host path", c -> c.addVolumes(volume().setHostPath("/etc")), "host_path", "hostAccess"),
                container("path that climbs", c -> c.addVolumes(volume().setHostPath("../../etc")), "host_path"),
                container(
                        "host path source",
                        c -> {
                            var volume = volume();
                            volume.getSourceBuilder()
                                    .setType(Volume.Source.Type.HOST_PATH)
                                    .getHostPathBuilder()
                                    .setPath("/etc");
                            c.addVolumes(volume);
                        },
                        "source.host_path"),
                container("pids", c -> c.getLinuxInfoBuilder().setSharePidNamespace(true), "share_pid_namespace"),
                container("ipc", c -> c.getLinuxInfoBuilder().setIpcMode(LinuxInfo.IpcMode.SHARE_PARENT), "ipc_mode"),
                container(
                        "capabilities",
                        c -> c.getLinuxInfoBuilder().getEffectiveCapabilitiesBuilder(),
                        "effective_capabilities",
                        "'privileged'"),
                container(
                        "bounding capabilities",
                        c -> c.getLinuxInfoBuilder().getBoundingCapabilitiesBuilder(),
                        "bounding_capabilities"),
                container(
                        "old capabilities", c -> c.getLinuxInfoBuilder().getCapabilityInfoBuilder(), "capability_info"),
                container(
                        "seccomp",
                        c -> c.getLinuxInfoBuilder().getSeccompBuilder().setUnconfined(true),
                        "seccomp.unconfined"),
                container(
                        "privileged docker",
                        c -> c.getDockerBuilder()
                                .setImage("registry.example.com/team/a")
                                .setPrivileged(true),
                        "docker.privileged"),
                container(
                        "docker parameters",
                        c -> c.getDockerBuilder()
                                .setImage("registry.example.com/team/a")
                                .addParametersBuilder()
                                .setKey("cap-add")
                                .setValue("ALL"),
                        "docker.parameters"),
                container(
                        "docker image",
                        c -> c.getDockerBuilder().setImage("evil.example/a"),
                        "'container.docker.image' is 'evil.example/a'",
                        "registry.example.com/team/"),
                container(
                        "image",
                        c -> c.getMesosBuilder()
                                .getImageBuilder()
                                .setType(Image.Type.DOCKER)
                                .getDockerBuilder()
                                .setName("evil.example/a"),
                        "'container.mesos.image.docker.name'"),
                container(
                        "image of a volume",
                        c -> {
                            var volume = volume();
                            volume.getImageBuilder()
                                    .setType(Image.Type.DOCKER)
                                    .getDockerBuilder()
                                    .setName("evil.example/a");
                            c.addVolumes(volume);
                        },
                        "'container.volumes.image.docker.name'"),
                of(
                        "executor's container",
                        task -> task.getExecutorBuilder()
                                .getContainerBuilder()
                                .setType(ContainerInfo.Type.MESOS)
                                .addVolumes(volume().setHostPath("/etc")),
                        "'executor.container.volumes.host_path'"));
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    void whatIsNotAllowedIsNamedWithRuleAndRemedy(Case forbidden) {
        assertThat(problem(STRICT, forbidden.change()).orElseThrow()).contains(forbidden.fragments());
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    void allOfItIsAllowedWhereAnythingIs(Case allowed) {
        assertThat(problem(TaskPolicy.ANYTHING, allowed.change())).isEmpty();
    }

    @Test
    void whatIsAllowedIsNoProblem() {
        assertThat(problem(STRICT, task -> {
                    task.getCommandBuilder().setUser("web").addUrisBuilder().setValue("https://example.com/a.tgz");
                    task.getContainerBuilder()
                            .setType(ContainerInfo.Type.DOCKER)
                            .addVolumes(volume().setHostPath("cache"))
                            .getDockerBuilder()
                            .setImage("registry.example.com/team/web:1");
                }))
                .isEmpty();
    }

    @Test
    void theFrameworksUserCountsForTasksThatNameNobody() {
        var task = TaskInfo.newBuilder().setName("t").buildPartial();

        assertThat(new TaskPermission(STRICT, "root").problemWith(task).orElseThrow())
                .contains("'FrameworkInfo.user' is 'root'");
        assertThat(new TaskPermission(STRICT, "").problemWith(task)).isEmpty();
    }
}
