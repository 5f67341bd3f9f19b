package dev.proffer.operator.plan.framework;

import dev.proffer.crds.cluster.ProfferCluster;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;

/**
 * What exists beside a Framework.
 *
 * @param cluster that it names
 * @param trust the certificates, in PEM, by which the cluster's masters are known
 * @param credentials whether its ServiceAccount or Secret is there
 * @param mayRunSchedulers whether the operator was granted to in the Framework's namespace
 */
public record FrameworkObserved(
        Optional<ProfferCluster> cluster,
        Optional<String> trust,
        Found credentials,
        boolean mayRunSchedulers,
        Optional<Deployment> scheduler) {
    /** Whether something is there. */
    public enum Found {
        YES,
        NO,
        /** Nobody may look. */
        UNKNOWN
    }
}
