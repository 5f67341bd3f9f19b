package dev.proffer.agent.core;

import dev.proffer.protocol.link.FileContent;
import dev.proffer.protocol.link.Leading;
import dev.proffer.protocol.link.MasterFrame;

/** What can happen to an agent. Each could be written to disk and replayed. */
public sealed interface AgentInput {

    /** The edges are ready to carry out effects. Comes first, once. */
    record Started() implements AgentInput {}

    /** All tasks are to end, and none to start. {@link AgentEffect.TasksEnded} is the answer; the link stays. */
    record EndTasks() implements AgentInput {}

    /** The agent is to stop; tasks that run, run on. {@link AgentEffect.Stopped} is the answer. */
    record Stop() implements AgentInput {}

    /** What the machine lets this agent offer. Comes before Started, and then whenever it changes. */
    record CapacityChanged(Capacity capacity) implements AgentInput {}

    // The link to the master

    record LinkOpened(LinkId link) implements AgentInput {}

    /** A link has ended, or could not be made. Comes once for each that was dialled. */
    record LinkClosed(LinkId link, String reason) implements AgentInput {}

    record FrameReceived(LinkId link, MasterFrame frame) implements AgentInput {}

    /** A master that was asked says that it leads. */
    record LeaderFound(Leading leading) implements AgentInput {}

    // The journal

    /** All that was to be persisted, up to that number, is on disk. */
    record JournalSynced(long through) implements AgentInput {}

    /** None of what was to be persisted, and not reported before, up to that number, can be relied on to be on disk. */
    record JournalFailed(long through, String reason) implements AgentInput {}

    // Containers

    /**
     * The process runs: started, or found again after a restart.
     *
     * @param pid of the task's main process; 0 if it cannot be told
     */
    record TaskStarted(Container container, long pid) implements AgentInput {}

    /** Nothing of it runs, nor will. */
    record TaskNotStarted(Container container, String reason) implements AgentInput {}

    /** The process and all that it started are gone. */
    record TaskExited(Container container, ExitStatus status) implements AgentInput {}

    /** Answers {@link AgentEffect.Find}: there is no trace of this container, so it was never started. */
    record TaskNotFound(Container container) implements AgentInput {}

    // Sandboxes

    /** Answers {@link AgentEffect.ReadSandbox}. */
    record FileRead(LinkId link, FileContent content) implements AgentInput {}

    // Time

    /** {@link AgentCore#nextDeadline()} was reached. */
    record TimerFired() implements AgentInput {}
}
