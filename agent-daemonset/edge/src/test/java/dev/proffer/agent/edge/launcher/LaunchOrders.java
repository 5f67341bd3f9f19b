package dev.proffer.agent.edge.launcher;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.Container;
import dev.proffer.agent.core.TaskKey;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What a launcher is asked to start. */
public final class LaunchOrders {
    private LaunchOrders() {}

    public static Container container(String id) {
        return new Container(
                new AgentId("agent-1"), new TaskKey(new FrameworkId("framework-1"), new TaskId("task-1")), id);
    }

    /** An agent. */
    public static LauncherSource.Surroundings agent(
            Path folder, SandboxSource sandboxes, Consumer<AgentInput> listener) {
        return new LauncherSource.Surroundings(folder, folder, sandboxes, "host:5051", listener);
    }

    public static SandboxSource sandboxes(Path folder) {
        return container -> Files.createDirectories(folder.resolve("sandbox").resolve(container.id()));
    }

    public static AgentEffect.Launch shell(String id, String line) {
        return launch(id, CommandInfo.newBuilder().setValue(line));
    }

    public static AgentEffect.Launch launch(String id, CommandInfo.Builder command) {
        var framework = FrameworkInfo.newBuilder()
                .setUser("user")
                .setName("name")
                .setId(FrameworkID.newBuilder().setValue("framework-1"))
                .build();
        var task = TaskInfo.newBuilder()
                .setName("task")
                .setTaskId(TaskID.newBuilder().setValue("task-1"))
                .setAgentId(AgentID.newBuilder().setValue("agent-1"))
                .setCommand(command)
                .build();
        return new AgentEffect.Launch(container(id), framework, task);
    }

    /** @param mebibytes of memory, with a tenth of a CPU */
    public static AgentEffect.Launch withMemory(AgentEffect.Launch launch, double mebibytes) {
        return new AgentEffect.Launch(
                launch.container(),
                launch.framework(),
                launch.task().toBuilder()
                        .addResources(scalar("cpus", 0.1))
                        .addResources(scalar("mem", mebibytes))
                        .build());
    }

    private static Resource scalar(String name, double amount) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .build();
    }
}
