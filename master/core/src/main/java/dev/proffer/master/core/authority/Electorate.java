package dev.proffer.master.core.authority;

import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.model.AgentId;
import dev.proffer.protocol.link.TermHolder;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agents whose word decides which master acts: those that the registry knows and that are not gone, unreachable ones
 * included. Two majorities of it share an agent, and an agent obeys one master at a time.
 *
 * <p>Nobody knows which writes to the registry took effect before they are confirmed. So an agent that is being admitted or
 * removed counts in the total, and not for this master: whatever became of the write, this master's majority is one.
 */
final class Electorate {
    private static final long NEVER = Long.MIN_VALUE;

    private final LinkedHashMap<AgentId, Voter> voters = new LinkedHashMap<>();
    private final TreeSet<Voter> bound =
            new TreeSet<>(Comparator.comparingLong(Voter::freeAt).thenComparing(voter -> voter.id.value()));
    private boolean read;
    private int founders;
    private int freeFounders;
    private long supportedUntil = NEVER;

    /** Asked far more often than it happens. */
    private boolean someDeparted;

    private enum Membership {
        /** Seen, but not in the registry as far as is known. */
        NONE,
        JOINING,
        MEMBER,
        LEAVING
    }

    private static final class Voter {
        final AgentId id;
        Membership membership = Membership.NONE;

        @Nullable
        RegisteredAgent written;

        boolean founder;
        boolean accepted;
        boolean free;
        long freeAt = Long.MAX_VALUE;
        long acknowledged = NEVER;

        /** Whom it obeys instead of this master. */
        @Nullable
        TermHolder successor;

        Voter(AgentId id) {
            this.id = id;
        }

        long freeAt() {
            return freeAt;
        }
    }

    // Who belongs to it

    /** The members as the registry had them when this master took the lead. */
    void read(Collection<AgentId> members) {
        read = true;
        for (var id : members) {
            var voter = voter(id);
            if (voter.membership != Membership.MEMBER) {
                voter.membership = Membership.MEMBER;
                voter.founder = true;
                founders++;
                await(voter);
            }
        }
        changed();
    }

    /** The registry is being told that it has the agent like this. */
    void joining(AgentId id, RegisteredAgent written) {
        var voter = voter(id);
        voter.written = written;
        if (voter.membership != Membership.MEMBER) {
            voter.membership = Membership.JOINING;
            changed();
        }
    }

    /** That is done. It says nothing if something else was written since. */
    void joined(AgentId id, RegisteredAgent written) {
        var voter = voters.get(id);
        if (voter != null && voter.membership == Membership.JOINING && written.equals(voter.written)) {
            voter.membership = Membership.MEMBER;
            changed();
        }
    }

    /** Its removal, or the mark that it is gone, is being written. */
    void leaving(AgentId id) {
        var voter = voters.get(id);
        if (voter != null && voter.membership != Membership.NONE) {
            voter.membership = Membership.LEAVING;
            changed();
        }
    }

    /** It is not in the registry, or is marked as gone there; unless it is being admitted anew, that is all of it. */
    void left(AgentId id) {
        excuse(id);
        var voter = voters.get(id);
        if (voter != null && voter.membership != Membership.JOINING) {
            voters.remove(id);
            changed();
        }
    }

    /** Nobody waits for its word any more, though it stays a member. */
    void excuse(AgentId id) {
        var voter = voters.get(id);
        if (voter != null && voter.founder) {
            bound.remove(voter);
            voter.founder = false;
            founders--;
            freeFounders -= voter.free ? 1 : 0;
        }
    }

    // What agents say

    /**
     * The agent obeys this master from now on, and no other of this or a lower term.
     *
     * @param freeAt when it is bound to no other, in monotonic nanoseconds
     * @param sentAt when this master sent what the agent answered by that
     */
    void accepted(AgentId id, long freeAt, long sentAt) {
        var voter = voter(id);
        bound.remove(voter);
        voter.accepted = true;
        voter.successor = null;
        voter.freeAt = Math.min(voter.freeAt, freeAt);
        await(voter);
        acknowledged(id, sentAt);
    }

    /** @param sentAt when the ping was sent that it answered, in monotonic nanoseconds */
    void acknowledged(AgentId id, long sentAt) {
        var voter = voter(id);
        voter.acknowledged = Math.max(voter.acknowledged, sentAt);
    }

    /** It obeys that one: what it acknowledged does not count any more. Whoever is no member says nothing. */
    void departed(AgentId id, TermHolder to) {
        var voter = voters.get(id);
        if (voter != null && voter.membership == Membership.MEMBER) {
            voter.acknowledged = NEVER;
            voter.successor = to;
            someDeparted = true;
            changed();
        }
    }

    // What follows

    /** Of those whom members obey by now, the one of the highest term. */
    Optional<TermHolder> successor() {
        if (!someDeparted) {
            return Optional.empty();
        }
        var highest = voters.values().stream()
                .filter(voter -> voter.membership == Membership.MEMBER)
                .flatMap(voter -> Stream.ofNullable(voter.successor))
                .max(Comparator.comparingLong(TermHolder::getTerm).thenComparing(TermHolder::getHolder));
        someDeparted = highest.isPresent();
        return highest;
    }

    /** Whether at least half of those that were members when this master took the lead are bound to nobody else. */
    boolean hasYielded(long now) {
        while (!bound.isEmpty() && bound.first().freeAt <= now) {
            bound.removeFirst().free = true;
            freeFounders++;
        }
        return read && 2 * freeFounders >= founders;
    }

    /** When that may change by time alone. */
    long nextYield() {
        return bound.isEmpty() ? Long.MAX_VALUE : bound.first().freeAt;
    }

    /** Whether more than half have acknowledged this master lately. */
    boolean supports(long now) {
        if (now >= supportedUntil) {
            supportedUntil = majorityUntil();
        }
        return now < supportedUntil;
    }

    /** When that may cease, if it holds now. */
    long supportedUntil() {
        return supportedUntil;
    }

    int size() {
        return Math.toIntExact(voters.values().stream()
                .filter(voter -> voter.membership != Membership.NONE)
                .count());
    }

    int founders() {
        return founders;
    }

    int freeFounders() {
        return freeFounders;
    }

    /** How many acknowledgements count. */
    int supporters(long now) {
        return Math.toIntExact(voters.values().stream()
                .filter(voter -> voter.membership == Membership.MEMBER && expiry(voter) > now)
                .count());
    }

    private long majorityUntil() {
        int needed = size() / 2 + 1;
        var expiries = voters.values().stream()
                .filter(voter -> voter.membership == Membership.MEMBER && voter.acknowledged != NEVER)
                .mapToLong(Electorate::expiry)
                .sorted()
                .toArray();
        return expiries.length < needed ? NEVER : expiries[expiries.length - needed];
    }

    private static long expiry(Voter voter) {
        return voter.acknowledged == NEVER ? NEVER : voter.acknowledged + Pledges.LIFE.toNanos();
    }

    private void await(Voter voter) {
        if (voter.founder && voter.accepted && !voter.free) {
            bound.add(voter);
        }
    }

    /** Another total is another majority. */
    private void changed() {
        supportedUntil = NEVER;
    }

    private Voter voter(AgentId id) {
        return voters.computeIfAbsent(id, Voter::new);
    }
}
