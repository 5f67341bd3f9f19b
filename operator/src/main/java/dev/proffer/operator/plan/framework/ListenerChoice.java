package dev.proffer.operator.plan.framework;

import dev.proffer.crds.cluster.Listener;
import dev.proffer.crds.cluster.Listener.Authentication;
import dev.proffer.crds.cluster.ProfferCluster;
import java.util.Comparator;

/** Through which listener a scheduler that the operator runs finds the master. */
final class ListenerChoice {
    private ListenerChoice() {}

    /** One for within the cluster that takes what the scheduler has, if there is one. */
    static Listener of(ProfferCluster cluster, Authentication way) {
        return cluster.getSpec().listeners().stream()
                .min(Comparator.comparing((Listener listener) ->
                                !listener.authentication().contains(way))
                        .thenComparing(listener -> listener.type() != Listener.Type.Internal))
                .orElseThrow();
    }

    /** Whether any listener takes names and secrets. */
    static boolean takesBasic(ProfferCluster cluster) {
        return cluster.getSpec().listeners().stream()
                .anyMatch(listener -> listener.authentication().contains(Authentication.Basic));
    }
}
