package dev.proffer.agent.core;

import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.journal.TaskUpdate;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.TaskStatus;
import java.util.ArrayList;
import java.util.List;

/** The shortest journal that replays to the present state. */
final class Compaction {
    private Compaction() {}

    static List<JournalRecord> records(Registration registration, Frameworks frameworks, Tasks tasks) {
        var records = new ArrayList<JournalRecord>();
        registration
                .agentId()
                .ifPresent(id ->
                        records.add(JournalRecord.newBuilder().setAgentId(id).build()));
        registration
                .accepted()
                .ifPresent(term ->
                        records.add(JournalRecord.newBuilder().setAccepted(term).build()));
        frameworks
                .all()
                .forEach(info -> records.add(
                        JournalRecord.newBuilder().setFramework(info).build()));
        for (var task : tasks.all()) {
            addTask(task, tasks, records);
        }
        frameworks
                .shutDown()
                .forEach(id -> records.add(JournalRecord.newBuilder()
                        .setFrameworkShutDown(FrameworkID.newBuilder().setValue(id.value()))
                        .build()));
        return records;
    }

    private static void addTask(LiveTask task, Tasks tasks, List<JournalRecord> records) {
        records.add(tasks.intent(task).build());
        if (task.killCause == LiveTask.KillCause.ASKED) {
            records.add(Kills.intent(task).build());
        }
        task.updates.lastAcknowledged().ifPresent(status -> {
            records.add(update(task, status));
            records.add(Tasks.acknowledged(task.key, status.getUuid()).build());
        });
        task.updates.unacknowledged().forEach(status -> records.add(update(task, status)));
    }

    private static JournalRecord update(LiveTask task, TaskStatus status) {
        return JournalRecord.newBuilder()
                .setTaskUpdate(TaskUpdate.newBuilder()
                        .setFrameworkId(Tasks.frameworkId(task.key))
                        .setStatus(status))
                .build();
    }
}
