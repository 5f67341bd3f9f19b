package dev.proffer.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.v1.CheckInfo;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.ContainerInfo;
import dev.proffer.protocol.v1.Environment;
import dev.proffer.protocol.v1.ExecutorID;
import dev.proffer.protocol.v1.ExecutorInfo;
import dev.proffer.protocol.v1.HealthCheck;
import dev.proffer.protocol.v1.Image;
import dev.proffer.protocol.v1.LinuxInfo;
import dev.proffer.protocol.v1.NetworkInfo;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.Volume;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnsupportedTaskTest {
    static Stream<Arguments> unsupported() {
        return Stream.of(
                row(
                        "executor",
                        task -> task.clearCommand()
                                .setExecutor(ExecutorInfo.newBuilder()
                                        .setExecutorId(ExecutorID.newBuilder().setValue("e")))),
                row("command.value", TaskInfo.Builder::clearCommand),
                row("command.value", task -> task.getCommandBuilder().clearValue()),
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
                row(
                        "container",
                        container(container -> container.getDockerBuilder().setImage("busybox"))),
                row(
                        "container",
                        container(container ->
                                container.getMesosBuilder().getImageBuilder().setType(Image.Type.DOCKER))),
                row(
                        "container",
                        container(container -> container.addVolumes(
                                Volume.newBuilder().setMode(Volume.Mode.RW).setContainerPath("data")))),
                row("container", container(container -> container.addNetworkInfos(NetworkInfo.getDefaultInstance()))),
                row("container", container(container -> container.setLinuxInfo(LinuxInfo.getDefaultInstance()))),
                row("container", container(container -> container.setHostname("other"))),
                row("check", task -> task.setHealthCheck(HealthCheck.getDefaultInstance())),
                row("check", task -> task.setCheck(CheckInfo.getDefaultInstance())));
    }

    private static Arguments row(String field, Consumer<TaskInfo.Builder> change) {
        return Arguments.of(field, change);
    }

    private static Consumer<TaskInfo.Builder> container(Consumer<ContainerInfo.Builder> change) {
        return task -> change.accept(task.getContainerBuilder().setType(ContainerInfo.Type.MESOS));
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void failsWithTheNameOfTheField(String field, Consumer<TaskInfo.Builder> change) {
        var agent = new AgentScenario().register().forgetEffects();
        var task = Samples.task("t1");
        change.accept(task);

        agent.receive(Samples.launch(Samples.framework(Samples.FRAMEWORK), task));

        assertThat(agent.effects(AgentEffect.Start.class)).isEmpty();
        assertThat(agent.lastStatus().getState()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(agent.lastStatus().getReason()).isEqualTo(TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED);
        assertThat(agent.lastStatus().getMessage()).contains(field + ":");
    }
}
