package dev.proffer.master.core.cluster;

import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;

/** The tasks on registered agents: each stands with its agent, and with its framework. */
public final class Tasks {
    private final Agents agents;
    private final Frameworks frameworks;

    Tasks(Agents agents, Frameworks frameworks) {
        this.agents = agents;
        this.frameworks = frameworks;
    }

    /** Its agent and its framework must be known. */
    public void add(Task task) {
        agents.find(task.agent())
                .orElseThrow(() -> new IllegalStateException("task " + task.id() + " has no agent " + task.agent()))
                .add(task);
        frameworks.find(task.framework()).ifPresent(framework -> framework.add(task));
    }

    /** The task has ended, and its framework knows or will never ask: it is history. */
    public void complete(Task task) {
        remove(task);
        frameworks.find(task.framework()).ifPresent(framework -> framework.completed(task.snapshot()));
    }

    /** The task's agent is unreachable: nobody knows whether it runs. */
    public void lose(Task task) {
        remove(task);
        frameworks.find(task.framework()).ifPresent(framework -> framework.unreachable(task.snapshot()));
    }

    private void remove(Task task) {
        agents.find(task.agent()).ifPresent(agent -> remove(task, agent));
        frameworks.find(task.framework()).ifPresent(framework -> framework.remove(task));
    }

    private void remove(Task task, Agent agent) {
        agent.remove(task);
        if (agent.prospects().draining().isPresent() && agent.tasks().isEmpty()) {
            agents.emptied(agent);
        }
    }

    /** Notes a status, and the task's latest state, which may be ahead of it. */
    public void record(Task task, TaskStatus status, TaskState latest) {
        task.remember(status);
        task.moveTo(latest);
        touched(task);
    }

    /** An update went to the framework and awaits its acknowledgement. */
    public void reported(Task task, TaskStatus status) {
        task.reported(status.getState(), status.getUuid());
        touched(task);
    }

    private void touched(Task task) {
        agents.find(task.agent()).ifPresent(Agent::touched);
    }
}
