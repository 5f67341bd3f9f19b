package dev.proffer.agent.core;

import dev.proffer.protocol.link.MasterFrame;

/** What can happen to an agent. Each could be written to disk and replayed. */
public sealed interface AgentInput {

    /** The connection of that {@link AgentEffect.Dial} stands. */
    record LinkOpened(long link) implements AgentInput {}

    /** The connection is gone, or never stood. */
    record LinkClosed(long link, String reason) implements AgentInput {}

    record FrameReceived(long link, MasterFrame frame) implements AgentInput {}

    /** The task's process runs. */
    record TaskStarted(TaskKey task, long pid) implements AgentInput {}

    /** The task's process could not be started; nothing of it is left. */
    record TaskNotStarted(TaskKey task, String reason) implements AgentInput {}

    record TaskExited(TaskKey task, ExitStatus status) implements AgentInput {}

    /** {@link AgentCore#nextDeadline()} was reached. */
    record TimerFired() implements AgentInput {}

    /** The agent's process ends and takes its tasks with it. */
    record EndAllTasks() implements AgentInput {}
}
