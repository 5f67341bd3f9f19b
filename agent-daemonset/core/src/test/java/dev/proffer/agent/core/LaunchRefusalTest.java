package dev.proffer.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.ContainerInfo;
import dev.proffer.protocol.v1.Environment;
import dev.proffer.protocol.v1.Image;
import dev.proffer.protocol.v1.LinuxInfo;
import dev.proffer.protocol.v1.NetworkInfo;
import dev.proffer.protocol.v1.RLimitInfo;
import dev.proffer.protocol.v1.TTYInfo;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.Volume;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LaunchRefusalTest {
    private final AgentRig agent = new AgentRig().ready();

    static Stream<Arguments> unsupported() {
        return Stream.of(
                row(
                        "command.uris",
                        task -> task.getCommandBuilder()
                                .addUris(CommandInfo.URI.newBuilder().setValue("http://host/file"))),
                row(
                        "command.environment",
                        task -> task.getCommandBuilder()
                                .getEnvironmentBuilder()
                                .addVariables(Environment.Variable.newBuilder()
                                        .setName("PASSWORD")
                                        .setType(Environment.Variable.Type.SECRET))),
                container("docker", it -> it.getDockerBuilder().setImage("busybox")),
                container(
                        "mesos.image",
                        it -> it.getMesosBuilder().getImageBuilder().setType(Image.Type.DOCKER)),
                container(
                        "volumes",
                        it -> it.addVolumes(
                                Volume.newBuilder().setMode(Volume.Mode.RW).setContainerPath("data"))),
                container("network_infos", it -> it.addNetworkInfos(NetworkInfo.getDefaultInstance())),
                container("linux_info", it -> it.setLinuxInfo(LinuxInfo.getDefaultInstance())),
                container("rlimit_info", it -> it.setRlimitInfo(RLimitInfo.getDefaultInstance())),
                container("tty_info", it -> it.setTtyInfo(TTYInfo.getDefaultInstance())),
                container("hostname", it -> it.setHostname("other")));
    }

    private static Arguments container(String field, Consumer<ContainerInfo.Builder> change) {
        return row(
                "container." + field,
                task -> change.accept(task.getContainerBuilder().setType(ContainerInfo.Type.MESOS)));
    }

    private static Arguments row(String field, Consumer<TaskInfo.Builder> change) {
        return Arguments.of(field, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsupported")
    void settingThatCannotBeHonouredIsRefusedByName(String field, Consumer<TaskInfo.Builder> change) {
        var task = Orders.task("t");
        change.accept(task);
        agent.frame(1, Orders.launch(task));

        assertThat(agent.effects(AgentEffect.Launch.class)).isEmpty();
        assertThat(agent.lastUpdate().getStatus().getState()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(agent.lastUpdate().getStatus().getMessage()).contains("'" + field);
    }

    @Test
    void taskThatWouldNotFitIntoAnInventoryIsAnError() {
        agent.frame(1, Orders.launch(Orders.task("t").setName("x".repeat(4 << 20))));

        assertThat(agent.effects(AgentEffect.Launch.class)).isEmpty();
        assertThat(agent.lastUpdate().getStatus().getState()).isEqualTo(TaskState.TASK_ERROR);
        assertThat(agent.lastUpdate().getStatus().getMessage()).contains("4194304 at most");
    }

    @Test
    void agentThatEndsItsTasksStartsNoMore() {
        agent.frame(1, Orders.launch(Orders.task("a")));
        agent.input(new AgentInput.TaskStarted(agent.container(), 10));
        agent.input(new AgentInput.EndTasks());
        agent.frame(1, Orders.launch(Orders.task("b")));

        assertThat(agent.effects(AgentEffect.Launch.class)).hasSize(1);
        assertThat(agent.snapshot().tasks()).hasSize(1);
    }
}
