package dev.proffer.master.core;

import dev.proffer.master.core.policy.Policy;
import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.NodeLabels;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Principal;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.Inventory;
import dev.proffer.protocol.link.StatusUpdate;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.link.UpdateCapacity;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.List;
import java.util.Optional;

/** What can happen to a master. Each could be written to disk and replayed. */
public sealed interface MasterInput {

    // Schedulers

    /**
     * SUBSCRIBE, validated in form ({@link CallValidation}). The answer is either
     * {@link MasterEffect.Respond} (refused) or {@link MasterEffect.StreamOpened} and the events that follow.
     *
     * @param stream the id that the edge made for the stream to be
     * @param principal who the edge authenticated, if it asks
     */
    record Subscribe(RequestId request, StreamId stream, Optional<Principal> principal, Call call)
            implements MasterInput {}

    /** Any other scheduler call, validated in form. Always answered by one {@link MasterEffect.Respond}. */
    record SchedulerCall(RequestId request, Optional<StreamId> stream, Optional<Principal> principal, Call call)
            implements MasterInput {}

    /** A stream ended: closed by the client, broken, or cut off because it was not read. */
    record StreamClosed(StreamId stream, String reason) implements MasterInput {}

    // Agents

    /** An agent dialled and proved who it is. */
    record AgentHello(LinkId link, Hello hello, String remoteAddress) implements MasterInput {}

    /** A part of what runs on the agent; the last part completes its registration. */
    record AgentInventory(LinkId link, Inventory part) implements MasterInput {}

    record AgentStatusUpdate(LinkId link, StatusUpdate update) implements MasterInput {}

    /** A sign of life: the answer to the ping of that number. */
    record AgentPong(LinkId link, long sequence) implements MasterInput {}

    /** What the agent has changed. */
    record AgentCapacityChanged(LinkId link, UpdateCapacity update) implements MasterInput {}

    record AgentUnregistered(LinkId link) implements MasterInput {}

    /** The agent leaves for that leader; the end of its link follows. */
    record AgentDeparted(LinkId link, TermHolder leader) implements MasterInput {}

    record LinkClosed(LinkId link, String reason) implements MasterInput {}

    // The agents' registry

    /** What the registry says, gone agents included: the term's first input. */
    record RegistryRead(List<RegisteredAgent> agents) implements MasterInput {
        public RegistryRead {
            agents = List.copyOf(agents);
        }
    }

    /** The registry has the agent like this by now; that it is gone for good comes as AgentMarked. */
    record AgentStored(RegisteredAgent agent) implements MasterInput {}

    /** That the agent is gone for good is stored. */
    record AgentMarked(AgentId agent) implements MasterInput {}

    /** The registry has the agent no more. */
    record AgentForgotten(AgentId agent) implements MasterInput {}

    /** People wish something else of the agent; it is stored already. */
    record AgentPolicyChanged(AgentId agent, AgentPolicy policy) implements MasterInput {}

    /** The cluster says something else of the machine of that name. */
    record NodeChanged(String node, NodeState state) implements MasterInput {}

    /** The node of that name is labelled like this now. */
    record NodeLabelled(String node, NodeLabels labels) implements MasterInput {}

    // Administrators

    /** All that administrators decided, as it is now. What differs from the policy before takes effect at once. */
    record PolicyChanged(Policy policy) implements MasterInput {}

    // The lead

    /** The Lease was renewed: it is this master's until then, in monotonic nanoseconds. */
    record LeaseConfirmed(long until) implements MasterInput {}

    /**
     * Somebody asks why the framework gets no offers, in this role or all of its roles, of this agent or of any. Always
     * answered by one {@link MasterEffect.Explain}.
     *
     * @param request among the requests of its kind
     */
    record ExplainRequested(RequestId request, FrameworkId framework, Optional<RolePath> role, Optional<AgentId> agent)
            implements MasterInput {}

    // Time

    /** {@link MasterCore#nextDeadline()} was reached. */
    record TimerFired() implements MasterInput {}
}
