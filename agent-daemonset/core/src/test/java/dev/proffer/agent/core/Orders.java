package dev.proffer.agent.core;

import dev.proffer.protocol.link.AcknowledgeStatus;
import dev.proffer.protocol.link.KillTask;
import dev.proffer.protocol.link.LaunchTask;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.ReconcileTasks;
import dev.proffer.protocol.link.ShutDownFramework;
import dev.proffer.protocol.link.StatusUpdate;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.DurationInfo;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.KillPolicy;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskInfo;
import java.time.Duration;

/** What masters tell agents to do. */
final class Orders {
    static final FrameworkID FRAMEWORK =
            FrameworkID.newBuilder().setValue("framework-1").build();

    private Orders() {}

    static FrameworkInfo framework(FrameworkInfo.Capability.Type... capabilities) {
        var info = FrameworkInfo.newBuilder().setUser("user").setName("name").setId(FRAMEWORK);
        for (var capability : capabilities) {
            info.addCapabilities(FrameworkInfo.Capability.newBuilder().setType(capability));
        }
        return info.build();
    }

    static TaskInfo.Builder task(String id) {
        return TaskInfo.newBuilder()
                .setName(id)
                .setTaskId(taskId(id))
                .setAgentId(AgentID.newBuilder().setValue(AgentRig.AGENT))
                .setCommand(CommandInfo.newBuilder().setValue("sleep 1000"));
    }

    static TaskID taskId(String id) {
        return TaskID.newBuilder().setValue(id).build();
    }

    static MasterFrame.Builder launch(TaskInfo.Builder task, FrameworkInfo.Capability.Type... capabilities) {
        return MasterFrame.newBuilder()
                .setLaunchTask(LaunchTask.newBuilder()
                        .setFramework(framework(capabilities))
                        .setTask(task));
    }

    static MasterFrame.Builder kill(String task) {
        return MasterFrame.newBuilder()
                .setKillTask(KillTask.newBuilder().setFrameworkId(FRAMEWORK).setTaskId(taskId(task)));
    }

    static MasterFrame.Builder kill(String task, Duration grace) {
        var kill = kill(task);
        kill.getKillTaskBuilder().setKillPolicy(policy(grace));
        return kill;
    }

    static KillPolicy policy(Duration grace) {
        return KillPolicy.newBuilder()
                .setGracePeriod(DurationInfo.newBuilder().setNanoseconds(grace.toNanos()))
                .build();
    }

    static MasterFrame.Builder acknowledge(StatusUpdate update) {
        return MasterFrame.newBuilder()
                .setAcknowledgeStatus(AcknowledgeStatus.newBuilder()
                        .setFrameworkId(update.getFrameworkId())
                        .setTaskId(update.getStatus().getTaskId())
                        .setUuid(update.getStatus().getUuid()));
    }

    static MasterFrame.Builder shutDown() {
        return MasterFrame.newBuilder()
                .setShutDownFramework(ShutDownFramework.newBuilder().setFrameworkId(FRAMEWORK));
    }

    static MasterFrame.Builder reconcile(String task, boolean partitionAware) {
        return MasterFrame.newBuilder()
                .setReconcileTasks(ReconcileTasks.newBuilder()
                        .addTasks(ReconcileTasks.Entry.newBuilder()
                                .setFrameworkId(FRAMEWORK)
                                .setTaskId(taskId(task))
                                .setPartitionAware(partitionAware)));
    }
}
