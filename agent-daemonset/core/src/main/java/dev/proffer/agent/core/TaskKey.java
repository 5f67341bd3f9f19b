package dev.proffer.agent.core;

import dev.proffer.model.FrameworkId;
import dev.proffer.model.TaskId;
import java.util.Comparator;

/** What identifies a task on an agent: task ids are unique within a framework only. */
public record TaskKey(FrameworkId framework, TaskId task) implements Comparable<TaskKey> {
    private static final Comparator<TaskKey> ORDER =
            Comparator.comparing(TaskKey::framework).thenComparing(TaskKey::task);

    @Override
    public int compareTo(TaskKey other) {
        return ORDER.compare(this, other);
    }
}
