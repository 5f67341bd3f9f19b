package dev.proffer.agent.edge.launcher;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.edge.problems.Problem;
import dev.proffer.model.Resources;
import java.util.List;

/**
 * Runs tasks in containers of some kind. What it starts outlives the agent's process. Calls return at once; what came of
 * them is told to the listener that the launcher was built with, on any thread.
 */
public interface Launcher extends AutoCloseable {

    /**
     * Looks at the machine, and prepares what tasks need as far as that is possible: called before the first launch, and then
     * every now and then. May block for a while, and is called by one thread at a time.
     *
     * @param configured all that the agent is to offer
     * @return why tasks cannot be run, or not on all of that; what runs already is not touched for it
     */
    List<Problem> examine(Resources configured);

    /** Answered by TaskStarted and later TaskExited, or by TaskNotStarted. */
    void launch(AgentEffect.Launch launch);

    /** Looks for a container of an earlier run of the agent. Answered like a launch, or by TaskNotFound. */
    void find(AgentEffect.Find find);

    /** Ends whatever runs in containers that are not among these, and removes it. Comes before any launch. */
    void sweep(AgentEffect.Sweep sweep);

    /** Asks or forces all processes of the container to end. One that is gone already is no error. */
    void kill(AgentEffect.Kill kill);

    /** Removes what keeps the exit status. The sandbox stays. */
    void discard(AgentEffect.Discard discard);

    /** Leaves the tasks running. */
    @Override
    void close();
}
