package dev.proffer.master.core.agents;

import dev.proffer.master.core.LinkId;
import dev.proffer.model.AgentId;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.Inventory;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.Task;
import dev.proffer.protocol.v1.TaskInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An agent that was welcomed and tells what runs on it, part by part. */
final class Session {
    private final LinkId link;
    private final Hello hello;
    private final String remoteAddress;
    private final long welcomedAt;
    private final long freeAt;
    private final List<FrameworkInfo> frameworks = new ArrayList<>();
    private final List<Entry> tasks = new ArrayList<>();

    /** One task of the inventory. */
    record Entry(TaskInfo info, Task task) {}

    /**
     * @param welcomedAt when it was sent the Welcome, in monotonic nanoseconds
     * @param freeAt when it is bound to no other master, in monotonic nanoseconds
     */
    Session(LinkId link, Hello hello, String remoteAddress, long welcomedAt, long freeAt) {
        this.link = link;
        this.hello = hello;
        this.remoteAddress = remoteAddress;
        this.welcomedAt = welcomedAt;
        this.freeAt = freeAt;
    }

    LinkId link() {
        return link;
    }

    Hello hello() {
        return hello;
    }

    String remoteAddress() {
        return remoteAddress;
    }

    long welcomedAt() {
        return welcomedAt;
    }

    long freeAt() {
        return freeAt;
    }

    /** The id that it says it has; empty until its first registration. */
    Optional<AgentId> claimedId() {
        return Optional.of(hello.getInfo().getId().getValue())
                .filter(id -> !id.isEmpty())
                .map(AgentId::new);
    }

    List<FrameworkInfo> frameworks() {
        return frameworks;
    }

    List<Entry> tasks() {
        return tasks;
    }

    /** Why the part cannot be taken in, or nothing if it was. */
    Optional<String> add(Inventory part, int maxTasks) {
        if (part.getTaskInfosCount() != part.getTasksCount()) {
            return Optional.of("the inventory has " + part.getTaskInfosCount() + " 'task_infos' but "
                    + part.getTasksCount() + " 'tasks'; there must be one for each");
        }
        if (tasks.size() + part.getTasksCount() > maxTasks
                || frameworks.size() + part.getFrameworksCount() > maxTasks) {
            return Optional.of("the inventory has more than " + maxTasks + " tasks or frameworks");
        }
        frameworks.addAll(part.getFrameworksList());
        for (int i = 0; i < part.getTasksCount(); i++) {
            tasks.add(new Entry(part.getTaskInfos(i), part.getTasks(i)));
        }
        return Optional.empty();
    }
}
