package dev.proffer.agent.core.journal;

import com.google.protobuf.ByteString;
import dev.proffer.agent.core.TaskKey;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.journal.KillIntent;
import dev.proffer.protocol.journal.LaunchIntent;
import dev.proffer.protocol.journal.TaskUpdate;
import dev.proffer.protocol.journal.TermEnded;
import dev.proffer.protocol.journal.UpdateAcknowledged;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskStatus;

/** The journal's records, by what they say. */
public final class Records {
    private Records() {}

    public static JournalRecord agentId(AgentID id) {
        return JournalRecord.newBuilder().setAgentId(id).build();
    }

    /** The id of before does not count any more. */
    public static JournalRecord noAgentId() {
        return agentId(AgentID.newBuilder().setValue("").build());
    }

    public static JournalRecord accepted(TermHolder leader) {
        return JournalRecord.newBuilder().setAccepted(leader).build();
    }

    public static JournalRecord termEnded(TermEnded end) {
        return JournalRecord.newBuilder().setTermEnded(end).build();
    }

    public static JournalRecord clusterUid(String uid) {
        return JournalRecord.newBuilder().setClusterUid(uid).build();
    }

    public static JournalRecord framework(FrameworkInfo info) {
        return JournalRecord.newBuilder().setFramework(info).build();
    }

    public static JournalRecord frameworkShutDown(FrameworkID id) {
        return JournalRecord.newBuilder().setFrameworkShutDown(id).build();
    }

    public static JournalRecord launch(LaunchIntent intent) {
        return JournalRecord.newBuilder().setLaunchIntent(intent).build();
    }

    public static JournalRecord kill(KillIntent intent) {
        return JournalRecord.newBuilder().setKillIntent(intent).build();
    }

    public static JournalRecord update(TaskKey task, TaskStatus status) {
        return JournalRecord.newBuilder()
                .setTaskUpdate(TaskUpdate.newBuilder()
                        .setFrameworkId(task.frameworkId())
                        .setStatus(status))
                .build();
    }

    public static JournalRecord acknowledged(TaskKey task, ByteString uuid) {
        return JournalRecord.newBuilder()
                .setUpdateAcknowledged(UpdateAcknowledged.newBuilder()
                        .setFrameworkId(task.frameworkId())
                        .setTaskId(task.taskId())
                        .setUuid(uuid))
                .build();
    }
}
