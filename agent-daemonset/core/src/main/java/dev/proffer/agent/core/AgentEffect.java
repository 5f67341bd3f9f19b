package dev.proffer.agent.core;

import dev.proffer.model.AgentId;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.ReadFile;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskInfo;
import java.util.List;

/**
 * What an agent wants done, in this order. Nothing here has to wait for the disk: what must not happen before a record is
 * on disk is an effect of the {@link AgentInput.JournalSynced} that says so.
 */
public sealed interface AgentEffect {

    /** Connects to the leading master. The answer is LinkOpened or LinkClosed. */
    record Dial(LinkId link) implements AgentEffect {}

    /** Asks, beside the link, who leads. The answer, if there is one, is LeaderFound. */
    record Probe() implements AgentEffect {}

    record Send(LinkId link, AgentFrame frame) implements AgentEffect {}

    /** Hangs up after what was sent before. */
    record HangUp(LinkId link, String reason) implements AgentEffect {}

    /**
     * Appends the records to the journal. Numbers grow by one; many may be synced at once. The answer is JournalSynced or
     * JournalFailed with that or a higher number.
     */
    record Persist(long number, List<JournalRecord> records) implements AgentEffect {}

    /** Starts a task. The answer is TaskStarted and, later, TaskExited; or TaskNotStarted. */
    record Launch(Container container, FrameworkInfo framework, TaskInfo task) implements AgentEffect {}

    /** Looks for a container of before the restart. The answer is that of a launch, or TaskNotFound. */
    record Find(Container container) implements AgentEffect {}

    /**
     * Ends what runs in containers other than these: the journal has lost sight of it. Comes once, before any launch.
     *
     * @param containers their ids, in order
     */
    record Sweep(List<String> containers) implements AgentEffect {
        public Sweep {
            containers = List.copyOf(containers);
        }
    }

    /** Tells the container's processes to end, or ends them by force. It may be asked again. */
    record Kill(Container container, boolean force) implements AgentEffect {}

    /** Nobody asks for this container again; its sandbox stays. */
    record Discard(Container container) implements AgentEffect {}

    /** Reads from a sandbox for people. The answer is FileRead. */
    record ReadSandbox(LinkId link, AgentId agent, ReadFile request) implements AgentEffect {}

    /** No task runs any more, and that is on disk. */
    record TasksEnded() implements AgentEffect {}

    /** The agent has no more to do; its edges may be closed. */
    record Stopped() implements AgentEffect {}
}
