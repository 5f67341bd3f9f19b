package dev.proffer.agent.edge.launcher;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.Found;
import dev.proffer.agent.core.TaskKey;

/**
 * Runs tasks in containers of some kind. What it starts outlives the agent's process. Calls return at once; what came of
 * them is told to the listener that the launcher was built with, on any thread.
 */
public interface Launcher {

    /** Answered by TaskStarted and later TaskExited, or by TaskNotStarted. */
    void start(AgentEffect.Start start, String agentId);

    /** Asks or forces all processes of the container to end. One that is gone already is no error. */
    void kill(AgentEffect.Kill kill);

    /** Looks for a container of an earlier run of the agent; one that still runs is watched from then on. May block. */
    Found find(TaskKey task, String containerId);

    /** Removes what keeps the exit status. The sandbox stays. */
    void forget(AgentEffect.Forget forget);
}
