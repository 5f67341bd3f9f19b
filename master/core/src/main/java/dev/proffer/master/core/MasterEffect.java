package dev.proffer.master.core;

import dev.proffer.master.core.explanations.Explained;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.model.AgentId;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.v1.scheduler.Event;

/** What a master wants done. Edges carry effects out in order; one that fails comes back as an input. */
public sealed interface MasterEffect {

    /** Answers a request. {@code text} is empty for 202, otherwise says field, problem and remedy. */
    record Respond(RequestId request, int status, String text) implements MasterEffect {}

    /** Answers an {@link MasterInput.ExplainRequested}. */
    record Explain(RequestId request, Explained answer) implements MasterEffect {}

    /** Answers a SUBSCRIBE with 200 and the stream's id; events follow. */
    record StreamOpened(RequestId request, StreamId stream) implements MasterEffect {}

    record SendEvent(StreamId stream, Event event) implements MasterEffect {}

    /** Ends a stream after what was sent on it before. */
    record CloseStream(StreamId stream) implements MasterEffect {}

    /** Term and session are filled in. */
    record SendToAgent(LinkId link, MasterFrame frame) implements MasterEffect {}

    /** Hangs up after what was sent before. */
    record CloseLink(LinkId link, String reason) implements MasterEffect {}

    /** Another master leads by now, and this one must not go on. Nothing that follows counts. */
    record Resign(String reason) implements MasterEffect {}

    /** For the registry of agents, some time soon. Of what is said of one agent, the last counts. */
    sealed interface RegistryEffect extends MasterEffect {
        AgentId id();
    }

    /**
     * The registry is to have the agent like this. The answer, once it is stored, is {@link MasterInput.AgentStored}, or
     * {@link MasterInput.AgentMarked} if it is {@link dev.proffer.master.core.registry.Standing#GONE}.
     */
    record StoreAgent(RegisteredAgent agent) implements RegistryEffect {
        @Override
        public AgentId id() {
            return agent.id();
        }
    }

    /** Answered by {@link MasterInput.AgentForgotten}. */
    record ForgetAgent(AgentId id) implements RegistryEffect {}
}
