package dev.proffer.agent.core;

import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskInfo;

/** What an agent wants done. */
public sealed interface AgentEffect {

    /** Find the leader and connect; answered by LinkOpened or LinkClosed with the same number. */
    record Dial(long link) implements AgentEffect {}

    record Send(long link, AgentFrame frame) implements AgentEffect {}

    record HangUp(long link, String reason) implements AgentEffect {}

    /** Answered by TaskStarted and later TaskExited, or by TaskNotStarted. */
    record Start(TaskKey task, String containerId, TaskInfo info, FrameworkInfo framework) implements AgentEffect {}

    /** Asks (SIGTERM) or forces (SIGKILL) all processes of the task to end; answered by TaskExited. */
    record Kill(TaskKey task, String containerId, boolean force) implements AgentEffect {}

    /** The task is done with: whatever keeps its exit status can go; its sandbox stays. */
    record Forget(TaskKey task, String containerId) implements AgentEffect {}
}
