package dev.proffer.master.core.outbox;

import dev.proffer.master.core.Leadership;
import dev.proffer.master.core.LinkId;
import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.RequestId;
import dev.proffer.master.core.StreamId;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.explanations.Explained;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.model.AgentId;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.v1.scheduler.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Collects effects in the order in which they are to be carried out. */
public final class Outbox {
    private final long term;
    private final LinkedHashMap<AgentId, MasterEffect> registryWrites = new LinkedHashMap<>();
    private List<MasterEffect> effects = new ArrayList<>();

    public Outbox(Leadership leadership) {
        this.term = leadership.term();
    }

    /** What the registry is to be told since the last call; of what is said of one agent, the last. */
    public List<MasterEffect> drainRegistryWrites() {
        var drained = List.copyOf(registryWrites.values());
        registryWrites.clear();
        return drained;
    }

    /** The other effects since the last call. */
    public List<MasterEffect> drain() {
        var drained = List.copyOf(effects);
        effects = new ArrayList<>();
        return drained;
    }

    /** 202: the call is well-formed and was handled; what came of it is told by events. */
    public void accept(RequestId request) {
        effects.add(new MasterEffect.Respond(request, 202, ""));
    }

    /** 200: what the call asked for has been done. */
    public void done(RequestId request) {
        effects.add(new MasterEffect.Respond(request, 200, ""));
    }

    public void explain(RequestId request, Explained answer) {
        effects.add(new MasterEffect.Explain(request, answer));
    }

    public void refuse(RequestId request, int status, String text) {
        effects.add(new MasterEffect.Respond(request, status, text));
    }

    public void openStream(RequestId request, StreamId stream) {
        effects.add(new MasterEffect.StreamOpened(request, stream));
    }

    public void send(StreamId stream, Event event) {
        effects.add(new MasterEffect.SendEvent(stream, event));
    }

    /** Best effort: a framework without a stream does not get the event. */
    public void send(Framework framework, Event event) {
        framework.stream().ifPresent(stream -> send(stream, event));
    }

    public void resign(String reason) {
        effects.add(new MasterEffect.Resign(reason));
    }

    public void closeStream(StreamId stream) {
        effects.add(new MasterEffect.CloseStream(stream));
    }

    /** Best effort: an agent without a link does not get the frame. */
    public void send(Agent agent, MasterFrame.Builder frame) {
        agent.link().ifPresent(link -> send(link, frame));
    }

    /** Fills in term and session. */
    public void send(LinkId link, MasterFrame.Builder frame) {
        frame.setTerm(term).setSession(link.value());
        effects.add(new MasterEffect.SendToAgent(link, frame.build()));
    }

    public void store(RegisteredAgent agent) {
        registryWrites.put(agent.id(), new MasterEffect.StoreAgent(agent));
    }

    public void forget(AgentId agent) {
        registryWrites.put(agent, new MasterEffect.ForgetAgent(agent));
    }

    public void closeLink(LinkId link, String reason) {
        effects.add(new MasterEffect.CloseLink(link, reason));
    }
}
