package dev.proffer.agent.core.registration;

import dev.proffer.agent.core.journal.Records;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.link.Welcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which masters this agent obeys: none of a lower term than it has accepted, nor another holder of the same term. So
 * however many masters take themselves for the leader, at most one can act. Nor does it obey the holder of a term that said
 * that it is over: others count on that.
 */
final class TermFence {
    private @Nullable TermHolder accepted;
    private boolean over;
    private @Nullable String clusterUid;

    void restore(Optional<TermHolder> lastAccepted, boolean isOver, Optional<String> lastCluster) {
        accepted = lastAccepted.orElse(null);
        over = isOver;
        clusterUid = lastCluster.orElse(null);
    }

    Optional<TermHolder> accepted() {
        return Optional.ofNullable(accepted);
    }

    /** An agent that has obeyed nobody yet belongs to any. */
    boolean isOfThisCluster(String uid) {
        return clusterUid == null || clusterUid.equals(uid);
    }

    /** Why this master is not obeyed, or nothing if it is. */
    Optional<String> objectionTo(Welcome welcome) {
        var leader = welcome.getLeader();
        if (accepted == null) {
            return Optional.empty();
        }
        if (!isOfThisCluster(welcome.getClusterUid())) {
            return Optional.of("this agent belongs to the cluster " + clusterUid + ", not to " + welcome.getClusterUid()
                    + ": empty its state directory to let it change");
        }
        if (leader.getTerm() < accepted.getTerm()) {
            return Optional.of("term " + leader.getTerm() + " is over: this agent obeys term " + accepted.getTerm());
        }
        if (leader.getTerm() == accepted.getTerm() && !leader.getHolder().equals(accepted.getHolder())) {
            return Optional.of("term " + leader.getTerm() + " belongs to " + accepted.getHolder());
        }
        return over && leader.equals(accepted)
                ? Optional.of("term " + leader.getTerm() + " is over: its holder said so")
                : Optional.empty();
    }

    /** Whether that is the accepted term. If so it is obeyed no more. */
    boolean end(TermHolder term) {
        over = over || term.equals(accepted);
        return term.equals(accepted);
    }

    /** Whether this very term and holder are on disk already. */
    boolean isAccepted(Welcome welcome) {
        return welcome.getLeader().equals(accepted) && welcome.getClusterUid().equals(clusterUid);
    }

    static List<JournalRecord> records(Welcome welcome) {
        var records = new ArrayList<JournalRecord>();
        records.add(Records.clusterUid(welcome.getClusterUid()));
        records.add(Records.accepted(welcome.getLeader()));
        return records;
    }

    /** It is on disk. */
    void accept(Welcome welcome) {
        accepted = welcome.getLeader();
        over = false;
        clusterUid = welcome.getClusterUid();
    }
}
