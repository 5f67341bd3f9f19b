package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.plan.Verdict;
import java.util.Optional;

/** Whether what belongs to a ProfferCluster may go with it: its tasks end then. */
public final class DeletionPlan {
    private DeletionPlan() {}

    /**
     * Why it has to wait; empty if it may go.
     *
     * @param definitionGoes whether the whole kind is being deleted: nobody meant this cluster
     */
    public static Optional<Verdict> blockedBy(ProfferCluster cluster, boolean definitionGoes) {
        if (cluster.getSpec().paused()) {
            return Optional.of(blocked("Paused", "The cluster is paused; set spec.paused to false to let it go."));
        }
        if (cluster.getSpec().confirmDeletion()) {
            return Optional.empty();
        }
        if (definitionGoes) {
            return Optional.of(blocked(
                    "DefinitionDeleted",
                    "The CustomResourceDefinition is being deleted. Masters, agents and tasks run on; set spec.confirmDeletion if"
                            + " they are to end."));
        }
        var status = cluster.getStatus();
        if (status == null || status.term() == null) {
            // There was never a leader, so nothing was ever launched.
            return Optional.empty();
        }
        var tasks = status.tasks();
        if (tasks == null) {
            return Optional.of(blocked(
                    "TasksUnknown", "It is not known how many tasks run; set spec.confirmDeletion if they may end."));
        }
        return tasks == 0
                ? Optional.empty()
                : Optional.of(blocked(
                        "TasksRunning",
                        "%d tasks run; wait for their end, or set spec.confirmDeletion to end them.".formatted(tasks)));
    }

    private static Verdict blocked(String reason, String message) {
        return Verdict.yes(ClusterVerdicts.DELETION_BLOCKED, reason, message);
    }
}
