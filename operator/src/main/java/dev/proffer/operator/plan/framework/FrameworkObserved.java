package dev.proffer.operator.plan.framework;

import dev.proffer.crds.cluster.ProfferCluster;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;

/**
 * What exists beside a Framework.
 *
 * @param cluster that it names
 * @param trust the certificates, in PEM, by which the cluster's masters are known
 * @param proof by which it shows who it is
 * @param mayRunSchedulers whether the operator was granted to in the Framework's namespace
 */
public record FrameworkObserved(
        Optional<ProfferCluster> cluster,
        Optional<String> trust,
        FrameworkProof proof,
        boolean mayRunSchedulers,
        Optional<Deployment> scheduler) {
    public FrameworkObserved withProof(FrameworkProof other) {
        return new FrameworkObserved(cluster, trust, other, mayRunSchedulers, scheduler);
    }
}
