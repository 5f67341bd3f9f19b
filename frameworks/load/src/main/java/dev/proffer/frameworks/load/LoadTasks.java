package dev.proffer.frameworks.load;

import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.sdk.TaskOnAgent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tasks that are under way, and how many ended in which way. */
final class LoadTasks {
    private final LoadOptions options;
    private final SortedMap<String, Task> underWay = new TreeMap<>();
    private final Map<TaskState, Long> ended = new EnumMap<>(TaskState.class);
    private long launched;

    private record Task(AgentID agent, TaskState state) {}

    LoadTasks(LoadOptions options) {
        this.options = options;
    }

    /** How many more are wanted now, whatever the rate. */
    long wanted() {
        long free = (long) options.running() - underWay.size();
        return options.tasks() == 0 ? free : Math.min(free, options.tasks() - (launched - dropped()));
    }

    boolean isComplete() {
        return options.tasks() > 0 && underWay.isEmpty() && launched - dropped() == options.tasks();
    }

    String nextId() {
        return options.name() + "-" + (launched + 1);
    }

    void launched(String id, AgentID agent) {
        launched++;
        underWay.put(id, new Task(agent, TaskState.TASK_STAGING));
    }

    /** What is said of a task that is known to have ended changes nothing. */
    void updated(TaskStatus status) {
        var id = status.getTaskId().getValue();
        var task = underWay.get(id);
        if (task == null) {
            return;
        }
        switch (status.getState()) {
            case TASK_STAGING, TASK_STARTING, TASK_RUNNING, TASK_KILLING, TASK_UNREACHABLE ->
                underWay.put(id, new Task(task.agent, status.getState()));
            case TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_ERROR,
                    TASK_DROPPED,
                    TASK_LOST,
                    TASK_GONE,
                    TASK_GONE_BY_OPERATOR,
                    TASK_UNKNOWN -> {
                underWay.remove(id);
                ended.merge(status.getState(), 1L, Long::sum);
            }
        }
    }

    List<TaskOnAgent> questions() {
        return underWay.entrySet().stream()
                .map(entry -> new TaskOnAgent(
                        TaskID.newBuilder().setValue(entry.getKey()).build(), Optional.of(entry.getValue().agent)))
                .toList();
    }

    Counts counts() {
        return new Counts(
                launched,
                underWay.size(),
                in(TaskState.TASK_RUNNING),
                in(TaskState.TASK_UNREACHABLE),
                ended(TaskState.TASK_FINISHED),
                ended(TaskState.TASK_FAILED, TaskState.TASK_ERROR),
                ended(TaskState.TASK_KILLED),
                ended(
                        TaskState.TASK_LOST,
                        TaskState.TASK_GONE,
                        TaskState.TASK_GONE_BY_OPERATOR,
                        TaskState.TASK_UNKNOWN),
                dropped());
    }

    private long dropped() {
        return ended(TaskState.TASK_DROPPED);
    }

    private long in(TaskState state) {
        return underWay.values().stream().filter(task -> task.state == state).count();
    }

    private long ended(TaskState... states) {
        long sum = 0;
        for (var state : states) {
            sum += ended.getOrDefault(state, 0L);
        }
        return sum;
    }
}
