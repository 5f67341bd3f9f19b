package dev.proffer.sdk.session;

import dev.proffer.protocol.tasks.TaskStates;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.OfferID;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.sdk.TaskOnAgent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeSet;

/**
 * What the session knows between two calls: outstanding offers, live tasks, kills that did not get through, roles without
 * offers. Offers are bounded by what the master offers, the rest by what the scheduler asked for and has not ended.
 *
 * <p>Not thread-safe; the lock of {@link Outbound} guards it.
 */
final class Books {
    private final SequencedSet<OfferID> offers = new LinkedHashSet<>();
    private final SequencedMap<TaskID, Optional<AgentID>> tasks = new LinkedHashMap<>();
    private final SequencedSet<TaskOnAgent> unasked = new LinkedHashSet<>();
    private final Map<TaskID, Call> unsentKills = new LinkedHashMap<>();
    private final TreeSet<String> suppressedRoles = new TreeSet<>();
    private boolean teardownWanted;

    void offered(OfferID offer) {
        offers.add(offer);
    }

    void withdrawn(Collection<OfferID> ids) {
        ids.forEach(offers::remove);
    }

    void allOffersVoid() {
        offers.clear();
    }

    boolean areOutstanding(Collection<OfferID> ids) {
        return offers.containsAll(ids);
    }

    List<OfferID> outstandingOf(Collection<OfferID> ids) {
        return ids.stream().filter(offers::contains).toList();
    }

    void launching(List<TaskInfo> launched) {
        for (var task : launched) {
            tasks.put(task.getTaskId(), Optional.of(task.getAgentId()));
        }
    }

    /** The scheduler wants to know what became of these tasks. */
    void wanted(Collection<TaskOnAgent> wanted) {
        for (var task : wanted) {
            tasks.putIfAbsent(task.task(), task.agent());
            unasked.add(task);
        }
    }

    List<TaskOnAgent> takeUnasked() {
        var taken = List.copyOf(unasked);
        unasked.clear();
        return taken;
    }

    void notLaunched(List<TaskInfo> launched) {
        for (var task : launched) {
            tasks.remove(task.getTaskId());
        }
    }

    /** An unknown task is forgotten as an ended one is: should it come back, its updates tell. */
    void updated(TaskStatus status) {
        var task = status.getTaskId();
        boolean over = TaskStates.isTerminal(status.getState()) || status.getState() == TaskState.TASK_UNKNOWN;
        if (over) {
            tasks.remove(task);
            unsentKills.remove(task);
        } else if (status.hasAgentId()) {
            tasks.put(task, Optional.of(status.getAgentId()));
        } else {
            tasks.putIfAbsent(task, Optional.empty());
        }
    }

    List<TaskOnAgent> liveTasks() {
        var live = new ArrayList<TaskOnAgent>(tasks.size());
        tasks.forEach((task, agent) -> live.add(new TaskOnAgent(task, agent)));
        return live;
    }

    Optional<AgentID> agentOf(TaskID task) {
        return tasks.getOrDefault(task, Optional.empty());
    }

    /** Whether there was room to remember it. */
    boolean killUnsent(Call kill, int limit) {
        if (unsentKills.size() >= limit
                && !unsentKills.containsKey(kill.getKill().getTaskId())) {
            return false;
        }
        unsentKills.put(kill.getKill().getTaskId(), kill);
        return true;
    }

    List<Call> takeUnsentKills() {
        var kills = List.copyOf(unsentKills.values());
        unsentKills.clear();
        return kills;
    }

    void suppressed(Collection<String> roles) {
        suppressedRoles.addAll(roles);
    }

    void revived(Collection<String> roles) {
        suppressedRoles.removeAll(roles);
    }

    List<String> suppressedRoles() {
        return List.copyOf(suppressedRoles);
    }

    void wantTeardown() {
        teardownWanted = true;
    }

    boolean isTeardownWanted() {
        return teardownWanted;
    }
}
