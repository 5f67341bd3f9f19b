package dev.proffer.agent.core.tasks;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.Container;
import dev.proffer.agent.core.TaskKey;
import dev.proffer.agent.core.effects.Outbox;
import dev.proffer.agent.core.timers.Timer;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Timers;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** All tasks that are not history, and their frameworks. */
public final class TaskTable {
    private final Frameworks frameworks = new Frameworks();
    private final TreeMap<TaskKey, AgentTask> tasks = new TreeMap<>();
    private final Timers<Timer> timers;
    private final Outbox outbox;

    public TaskTable(Timers<Timer> timers, Outbox outbox) {
        this.timers = timers;
        this.outbox = outbox;
    }

    public Frameworks frameworks() {
        return frameworks;
    }

    public Collection<AgentTask> all() {
        return Collections.unmodifiableCollection(tasks.values());
    }

    /** A copy: the table may change while it is gone through. */
    List<AgentTask> of(FrameworkId framework) {
        return tasks.tailMap(TaskKey.firstOf(framework)).values().stream()
                .takeWhile(task -> task.key().framework().equals(framework))
                .toList();
    }

    public Optional<AgentTask> find(TaskKey key) {
        return Optional.ofNullable(tasks.get(key));
    }

    /** The task that runs in that container; nothing if the task has another one, or is history. */
    Optional<AgentTask> find(Container container) {
        return find(container.task()).filter(task -> task.container().equals(container));
    }

    public int size() {
        return tasks.size();
    }

    public boolean hasLive() {
        return tasks.values().stream().anyMatch(task -> !task.hasEnded());
    }

    void add(AgentTask task) {
        tasks.put(task.key(), task);
    }

    /** Makes the task history. */
    public void forget(TaskKey key) {
        var task = tasks.remove(key);
        if (task == null) {
            return;
        }
        timers.cancel(new Timer.KillByForce(key));
        timers.cancel(new Timer.CompletionTime(key));
        var next = tasks.ceilingKey(TaskKey.firstOf(key.framework()));
        if (next == null || !next.framework().equals(key.framework())) {
            frameworks.remove(key.framework());
        }
        outbox.add(new AgentEffect.Discard(task.container()));
    }
}
