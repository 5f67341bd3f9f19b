package dev.proffer.agent.core;

import dev.proffer.model.FrameworkId;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.link.AcknowledgeStatus;
import dev.proffer.protocol.link.KillTask;
import dev.proffer.protocol.link.LaunchTask;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.ShutDownFramework;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.DurationInfo;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.KillPolicy;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Agents, frameworks, tasks and frames for tests. */
final class Samples {
    static final String AGENT = "m1-S0";
    static final String FRAMEWORK = "f1";

    private Samples() {}

    static AgentSettings settings() {
        return settings("boot-1");
    }

    static AgentSettings settings(String bootId) {
        return new AgentSettings(
                AgentInfo.newBuilder().setHostname("host-1").setPort(5051).build(),
                List.of(),
                "0.1",
                bootId,
                Optional.of("a token"),
                AgentSettings.DEFAULT_KILL_GRACE);
    }

    static FrameworkInfo framework(String id, FrameworkInfo.Capability.Type... capabilities) {
        return FrameworkInfo.newBuilder()
                .setUser("nobody")
                .setName("test")
                .setId(frameworkId(id))
                .addAllCapabilities(Stream.of(capabilities)
                        .map(type -> FrameworkInfo.Capability.newBuilder()
                                .setType(type)
                                .build())
                        .toList())
                .build();
    }

    static FrameworkID frameworkId(String id) {
        return FrameworkID.newBuilder().setValue(id).build();
    }

    static TaskID taskId(String id) {
        return TaskID.newBuilder().setValue(id).build();
    }

    static TaskInfo.Builder task(String id) {
        return TaskInfo.newBuilder()
                .setName("task " + id)
                .setTaskId(taskId(id))
                .setAgentId(AgentID.newBuilder().setValue(AGENT))
                .setCommand(CommandInfo.newBuilder().setValue("sleep 1000"));
    }

    static TaskKey key(String task) {
        return key(FRAMEWORK, task);
    }

    static TaskKey key(String framework, String task) {
        return new TaskKey(new FrameworkId(framework), new TaskId(task));
    }

    static KillPolicy grace(Duration grace) {
        return KillPolicy.newBuilder()
                .setGracePeriod(DurationInfo.newBuilder().setNanoseconds(grace.toNanos()))
                .build();
    }

    static MasterFrame.Builder launch(String task) {
        return launch(framework(FRAMEWORK), task(task));
    }

    static MasterFrame.Builder launch(FrameworkInfo framework, TaskInfo.Builder task) {
        return MasterFrame.newBuilder()
                .setLaunchTask(LaunchTask.newBuilder().setFramework(framework).setTask(task));
    }

    static MasterFrame.Builder kill(String task) {
        return MasterFrame.newBuilder()
                .setKillTask(KillTask.newBuilder()
                        .setFrameworkId(frameworkId(FRAMEWORK))
                        .setTaskId(taskId(task)));
    }

    static MasterFrame.Builder kill(String task, Duration grace) {
        var frame = kill(task);
        frame.getKillTaskBuilder().setKillPolicy(grace(grace));
        return frame;
    }

    static MasterFrame.Builder acknowledge(TaskStatus status) {
        return acknowledge(FRAMEWORK, status);
    }

    static MasterFrame.Builder acknowledge(String framework, TaskStatus status) {
        return MasterFrame.newBuilder()
                .setAcknowledgeStatus(AcknowledgeStatus.newBuilder()
                        .setFrameworkId(frameworkId(framework))
                        .setTaskId(status.getTaskId())
                        .setUuid(status.getUuid()));
    }

    static MasterFrame.Builder shutDown(String framework) {
        return MasterFrame.newBuilder()
                .setShutDownFramework(ShutDownFramework.newBuilder().setFrameworkId(frameworkId(framework)));
    }
}
