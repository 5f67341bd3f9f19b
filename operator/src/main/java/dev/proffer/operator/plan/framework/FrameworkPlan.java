package dev.proffer.operator.plan.framework;

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
 * @param verdicts the conditions that it is in
 */
public record FrameworkPlan(List<HasMetadata> children, List<Verdict> verdicts) {
    public FrameworkPlan {
        children = List.copyOf(children);
        verdicts = List.copyOf(verdicts);
    }

    /** Of a Framework that is not being deleted. */
    public static FrameworkPlan of(Framework framework, FrameworkObserved observed) {
        return new FrameworkPlan(children(framework, observed), FrameworkVerdicts.of(framework, observed));
    }

    private static List<HasMetadata> children(Framework framework, FrameworkObserved observed) {
        SchedulerTemplate scheduler = framework.getSpec().scheduler();
        var cluster = observed.cluster();
        if (scheduler == null
                || cluster.isEmpty()
                || !observed.mayRunSchedulers()
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
                .addToData("ca.crt", observed.trust().orElse(""))
                .build());
        children.add(SchedulerDeployment.of(framework, scheduler, cluster.get()));
        return children;
    }
}
