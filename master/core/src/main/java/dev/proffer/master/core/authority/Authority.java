package dev.proffer.master.core.authority;

import dev.proffer.master.core.Leadership;
import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.TermHolder;
import java.util.List;
import java.util.Optional;

/**
 * Whether this master may offer and launch. At most one master may, however the network and the API server behave:
 *
 * <pre>
 *   new ─── half of the electorate is bound to no other master ──▶ acting ◀──┐
 *                                                                    │       │ either holds again
 *                     the Lease is not renewed in time, and no       ▼       │
 *                     majority acknowledged this master lately ─▶ held back ─┘
 * </pre>
 *
 * <p>A master that is held back goes on with what is under way: updates, acknowledgements and kills are delivered. It does
 * not give up agents or frameworks, for it may be the one that is cut off.
 *
 * <p>It resigns when it learns from agents that it is ({@link #successor}): its frameworks are better off elsewhere. What an
 * agent says can be a lie, so it counts only if three things come together: the agent is a member of the electorate; the
 * Lease is not renewed, for while the API server answers the Lease alone is believed; and no majority acknowledges this
 * master. A few hostile agents so dethrone nobody who could act, and a master whose successor acts has lost its majority.
 */
public final class Authority {
    private final TermHolder self;
    private final Electorate electorate = new Electorate();
    private long leaseUntil = Long.MIN_VALUE;
    private boolean yielded;
    private boolean acting;

    public Authority(Leadership leadership) {
        this.self = TermHolder.newBuilder()
                .setTerm(leadership.term())
                .setHolder(leadership.holder())
                .build();
    }

    /** What a judgement brought about. */
    public enum Verdict {
        UNCHANGED,
        GAINED,
        LOST
    }

    /** The Lease is this master's until then (monotonic nanoseconds), whatever agents say. */
    public void leaseConfirmed(long until) {
        leaseUntil = Math.max(leaseUntil, until);
    }

    /** What the registry said after this master had taken the Lease, gone agents included. */
    public void registryRead(List<RegisteredAgent> agents) {
        electorate.read(agents.stream()
                .filter(Authority::isMember)
                .map(RegisteredAgent::id)
                .toList());
        agents.stream()
                .filter(agent -> agent.node().deleted())
                .map(RegisteredAgent::id)
                .forEach(electorate::excuse);
    }

    /** The registry is about to be told; what comes of it is not known before {@link #stored} and the like. */
    public void writing(MasterEffect write) {
        switch (write) {
            case MasterEffect.StoreAgent(var agent) when isMember(agent) -> electorate.joining(agent.id(), agent);
            case MasterEffect.StoreAgent(var agent) -> electorate.leaving(agent.id());
            case MasterEffect.ForgetAgent(var agent) -> electorate.leaving(agent);
            default -> throw new IllegalArgumentException(write + " is nothing that a registry is told");
        }
    }

    /** The registry has the agent like this. */
    public void stored(RegisteredAgent agent) {
        electorate.joined(agent.id(), agent);
    }

    /** The registry has the agent no more. */
    public void forgotten(AgentId agent) {
        electorate.left(agent);
    }

    /** The agent is marked as gone in the registry. */
    public void left(AgentId agent) {
        electorate.left(agent);
    }

    /** The agent's machine is not part of the cluster any more: nobody waits for its word. */
    public void excuse(AgentId agent) {
        electorate.excuse(agent);
    }

    private static boolean isMember(RegisteredAgent agent) {
        return agent.standing() != Standing.GONE;
    }

    /** What the agent says of others that it obeyed: when it is free of them, in monotonic nanoseconds. */
    public long freeAt(Moment now, Hello hello) {
        return Pledges.freeAt(now, hello, self);
    }

    /**
     * The agent has this term on disk.
     *
     * @param freeAt what {@link #freeAt} made of its Hello
     * @param welcomedAt when it was sent the Welcome, in monotonic nanoseconds
     */
    public void accepted(AgentId agent, long freeAt, long welcomedAt) {
        electorate.accepted(agent, freeAt, welcomedAt);
    }

    /** @param sentAt when the ping was sent that the agent answered, in monotonic nanoseconds */
    public void acknowledged(AgentId agent, long sentAt) {
        electorate.acknowledged(agent, sentAt);
    }

    /** The agent says that it obeys another master, or goes to it. One of a lower term is history. */
    public void departed(AgentId agent, TermHolder to) {
        boolean passed = to.getTerm() > self.getTerm() || (to.getTerm() == self.getTerm() && !to.equals(self));
        if (passed) {
            electorate.departed(agent, to);
        }
    }

    /** Who leads instead, if this master should give way to it. As of the last judgement. */
    public Optional<TermHolder> successor(Moment now) {
        return acting || !isDoubtful(now) ? Optional.empty() : electorate.successor();
    }

    /** Judges anew. Comes before anything that depends on it, for time alone can end it. */
    public Verdict judge(Moment now) {
        yielded = yielded || electorate.hasYielded(now.nanos());
        boolean before = acting;
        acting = yielded && (!isDoubtful(now) || electorate.supports(now.nanos()));
        if (acting == before) {
            return Verdict.UNCHANGED;
        }
        return acting ? Verdict.GAINED : Verdict.LOST;
    }

    /** As of the last judgement. */
    public boolean isActing() {
        return acting;
    }

    /**
     * Whether the registry may be written to. A master that may not act would move the electorate behind another's back; and
     * while the API server is silent the electorate stays as it is.
     */
    public boolean mayWrite(Moment now) {
        return acting && !isDoubtful(now);
    }

    /** Whether the Lease was not renewed in time, so that another master may hold it. */
    public boolean isDoubtful(Moment now) {
        return now.reached(leaseUntil);
    }

    /** When to judge again though nothing happens, in monotonic nanoseconds. */
    public long nextDue() {
        if (!yielded) {
            return electorate.nextYield();
        }
        return acting ? Math.max(leaseUntil, electorate.supportedUntil()) : Long.MAX_VALUE;
    }

    /** Why this master is held back, for people. */
    public String objection(Moment now) {
        if (!yielded) {
            return "this master has just begun to lead: " + electorate.freeFounders() + " of " + electorate.founders()
                    + " agents are known to obey no other master, and half of them must be";
        }
        return "this master cannot renew its Lease, and " + electorate.supporters(now.nanos()) + " of "
                + electorate.size() + " agents acknowledged it lately; more than half of them must";
    }
}
