package dev.proffer.sdk.session;

import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.sdk.TaskOnAgent;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Asks for tasks until each has been heard of since, with growing intervals, as Mesos advises: after a failover the master
 * says nothing of tasks whose agents are not back yet.
 */
final class Reconciliation {
    private static final Duration FIRST_INTERVAL = Duration.ofSeconds(10);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(5);

    private final SequencedMap<TaskID, TaskOnAgent> unanswered = new LinkedHashMap<>();
    private Duration interval = FIRST_INTERVAL;
    private long nextAsking = Long.MAX_VALUE;

    /** These tasks were asked for just now. */
    void asked(Collection<TaskOnAgent> tasks, Moment now) {
        tasks.forEach(task -> unanswered.put(task.task(), task));
        interval = FIRST_INTERVAL;
        schedule(now);
    }

    void answered(TaskID task) {
        unanswered.remove(task);
        if (unanswered.isEmpty()) {
            nextAsking = Long.MAX_VALUE;
        }
    }

    void stop() {
        unanswered.clear();
        nextAsking = Long.MAX_VALUE;
    }

    /** When to ask again, in monotonic nanoseconds; never is {@link Long#MAX_VALUE}. */
    long nextAsking() {
        return nextAsking;
    }

    /** The tasks to ask for again now. */
    List<TaskOnAgent> due(Moment now) {
        if (!now.reached(nextAsking)) {
            return List.of();
        }
        var doubled = interval.multipliedBy(2);
        interval = doubled.compareTo(LONGEST_INTERVAL) < 0 ? doubled : LONGEST_INTERVAL;
        schedule(now);
        return List.copyOf(unanswered.values());
    }

    private void schedule(Moment now) {
        nextAsking = unanswered.isEmpty() ? Long.MAX_VALUE : now.deadline(interval);
    }
}
