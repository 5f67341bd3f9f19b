package dev.proffer.operator.plan.framework;

import dev.proffer.crds.access.BasicCredential;
import dev.proffer.crds.access.ClusterAccess;
import dev.proffer.crds.framework.Framework;
import dev.proffer.crds.framework.SchedulerTemplate;
import dev.proffer.operator.plan.Verdict;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * What a Framework needs.
 *
 * @param children objects as they should be, in the order in which they are to be applied; none if the operator runs nothing
 * @param credentials by which masters are to know it, if not by tokens
 * @param verdicts the conditions that it is in
 */
public record FrameworkPlan(List<HasMetadata> children, List<BasicCredential> credentials, List<Verdict> verdicts) {
    public FrameworkPlan {
        children = List.copyOf(children);
        credentials = List.copyOf(credentials);
        verdicts = List.copyOf(verdicts);
    }

    /** Of a Framework that is not being deleted. */
    public static FrameworkPlan of(Framework framework, FrameworkObserved observed) {
        return new FrameworkPlan(
                children(framework, observed),
                credentials(framework, observed),
                FrameworkVerdicts.of(framework, observed));
    }

    /** Whether its Secret is to be made, should it be missing. */
    public static boolean takesBasic(Framework framework, FrameworkObserved observed) {
        return framework.getSpec().basicAuth() != null
                && observed.cluster()
                        .filter(cluster -> FrameworkVerdicts.isAdmitted(framework, cluster))
                        .filter(ListenerChoice::takesBasic)
                        .isPresent();
    }

    private static List<BasicCredential> credentials(Framework framework, FrameworkObserved observed) {
        return takesBasic(framework, observed)
                        && observed.proof() instanceof FrameworkProof.Basic(var _, var credentials)
                ? credentials
                : List.of();
    }

    private static List<HasMetadata> children(Framework framework, FrameworkObserved observed) {
        SchedulerTemplate scheduler = framework.getSpec().scheduler();
        var cluster = observed.cluster();
        if (scheduler == null
                || cluster.isEmpty()
                || !observed.mayRunSchedulers()
                || !isProved(framework, observed)
                || !FrameworkVerdicts.isAdmitted(framework, cluster.get())) {
            return List.of();
        }
        var children = new ArrayList<HasMetadata>();
        if (framework.getSpec().basicAuth() == null && framework.getSpec().serviceAccountName() == null) {
            children.add(new ServiceAccountBuilder()
                    .withMetadata(FrameworkNames.meta(framework, FrameworkNames.account(framework)))
                    .withAutomountServiceAccountToken(false)
                    .build());
        }
        children.add(new ConfigMapBuilder()
                .withMetadata(FrameworkNames.meta(framework, FrameworkNames.trust(framework)))
                .addToData(ClusterAccess.TRUST_KEY, observed.trust().orElse(""))
                .build());
        children.add(SchedulerDeployment.of(framework, scheduler, cluster.get(), observed.proof()));
        return children;
    }

    /** Pods that mount a Secret which is not there would not start. Its ServiceAccount may be made with them. */
    private static boolean isProved(Framework framework, FrameworkObserved observed) {
        return framework.getSpec().basicAuth() == null
                || !credentials(framework, observed).isEmpty();
    }
}
