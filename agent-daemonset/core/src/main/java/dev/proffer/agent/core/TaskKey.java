package dev.proffer.agent.core;

import dev.proffer.model.FrameworkId;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.TaskID;
import java.util.Comparator;

/** What identifies a task: its id is unique within its framework alone. */
public record TaskKey(FrameworkId framework, TaskId task) implements Comparable<TaskKey> {
    private static final Comparator<TaskKey> ORDER =
            Comparator.comparing(TaskKey::framework).thenComparing(TaskKey::task);

    /** @throws IllegalArgumentException if one of the ids is empty */
    public static TaskKey of(FrameworkID framework, TaskID task) {
        return new TaskKey(new FrameworkId(framework.getValue()), new TaskId(task.getValue()));
    }

    /** Not after any task of that framework, and after all of those before it. */
    public static TaskKey firstOf(FrameworkId framework) {
        return new TaskKey(framework, new TaskId("\0"));
    }

    public FrameworkID frameworkId() {
        return FrameworkID.newBuilder().setValue(framework.value()).build();
    }

    public TaskID taskId() {
        return TaskID.newBuilder().setValue(task.value()).build();
    }

    @Override
    public int compareTo(TaskKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return framework + "/" + task;
    }
}
