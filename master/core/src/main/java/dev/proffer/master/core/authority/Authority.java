package dev.proffer.master.core.authority;

import dev.proffer.master.core.Leadership;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.TermHolder;
import java.util.Collection;

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

    /** The agents that the registry knew, those that are gone left out, after this master had taken the Lease. */
    public void registryRead(Collection<AgentId> members) {
        electorate.read(members);
    }

    /** The agent's admission is being written to the registry. */
    public void joining(AgentId agent) {
        electorate.joining(agent);
    }

    /** The agent is in the registry. */
    public void joined(AgentId agent) {
        electorate.joined(agent);
    }

    /** The agent's removal, or the mark that it is gone, is being written to the registry. */
    public void leaving(AgentId agent) {
        electorate.leaving(agent);
    }

    /** The agent is not in the registry any more, or is marked as gone there. */
    public void left(AgentId agent) {
        electorate.left(agent);
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
