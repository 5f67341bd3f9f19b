package dev.proffer.master.core.tasks;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Task;
import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;

/** Notes what tasks have come to, and frees what they used as soon as their end is known, acknowledged or not. */
public final class TaskProgress {
    private final Cluster cluster;
    private final Books books;

    public TaskProgress(Desk desk) {
        this.cluster = desk.cluster();
        this.books = desk.books();
    }

    void record(Moment now, Task task, TaskStatus status) {
        record(now, task, status, status.getState());
    }

    /** The task's latest state may be ahead of the status. */
    void record(Moment now, Task task, TaskStatus status, TaskState latest) {
        boolean wasLive = task.isLive();
        cluster.tasks().record(task, status, latest);
        if (wasLive && !task.isLive()) {
            books.freed(now, task);
            cluster.counters().countEnd(task.state());
        }
    }
}
