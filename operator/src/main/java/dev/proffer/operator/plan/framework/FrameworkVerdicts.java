package dev.proffer.operator.plan.framework;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.framework.Framework;
import dev.proffer.operator.plan.Verdict;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** In which conditions a Framework is, but for what the leader sees of it. */
public final class FrameworkVerdicts {
    public static final String READY = "Ready";
    public static final String SCHEDULER_AVAILABLE = "SchedulerAvailable";

    private FrameworkVerdicts() {}

    static List<Verdict> of(Framework framework, FrameworkObserved observed) {
        var verdicts = new ArrayList<Verdict>();
        verdicts.add(ready(framework, observed));
        if (framework.getSpec().scheduler() != null) {
            verdicts.add(scheduler(framework, observed));
        }
        return verdicts;
    }

    /** Whether the cluster takes Frameworks of that namespace. */
    static boolean isAdmitted(Framework framework, ProfferCluster cluster) {
        var namespace = framework.getMetadata().getNamespace();
        var admitted = cluster.getSpec().admission().namespaces();
        return namespace.equals(cluster.getMetadata().getNamespace())
                || admitted.contains("*")
                || admitted.contains(namespace);
    }

    private static Verdict ready(Framework framework, FrameworkObserved observed) {
        var wanted = framework.getSpec().cluster();
        var namespace = FrameworkNames.clusterNamespace(framework);
        if (observed.cluster().isEmpty()) {
            return Verdict.no(
                    READY,
                    "ClusterNotFound",
                    "There is no ProfferCluster '%s' in namespace '%s'; create it, or create another Framework that names one by spec.cluster.name and spec.cluster.namespace."
                            .formatted(wanted.name(), namespace));
        }
        if (!isAdmitted(framework, observed.cluster().get())) {
            return Verdict.no(
                    READY,
                    "NamespaceNotAdmitted",
                    "ProfferCluster '%s' does not admit namespace '%s'; ask its administrator to add it to spec.admission.namespaces."
                            .formatted(wanted.name(), framework.getMetadata().getNamespace()));
        }
        return proved(framework, observed);
    }

    private static Verdict proved(Framework framework, FrameworkObserved observed) {
        var basic = framework.getSpec().basicAuth();
        if (basic != null && !FrameworkPlan.takesBasic(framework, observed)) {
            return Verdict.no(
                    READY,
                    "BasicNotTaken",
                    "No listener of ProfferCluster '%s' takes HTTP basic; ask its administrator to add Basic to the authentication of one, or remove spec.basicAuth."
                            .formatted(framework.getSpec().cluster().name()));
        }
        return switch (observed.proof()) {
            case FrameworkProof.Account _, FrameworkProof.Basic _ ->
                Verdict.yes(READY, "Admitted", "It may subscribe with the roles that it is granted.");
            case FrameworkProof.Missing _ -> missing(framework);
            case FrameworkProof.Forbidden _ ->
                Verdict.no(
                        READY,
                        "SecretForbidden",
                        "The operator may not read Secrets in this namespace; an administrator can grant it: %s"
                                .formatted(grant(framework, "proffer-credentials")));
            case FrameworkProof.Unusable(var problem) -> Verdict.no(READY, "SecretUnusable", problem);
            case FrameworkProof.CrowdedOut _ ->
                Verdict.no(
                        READY,
                        "TooManyCredentials",
                        "Masters know so many basic credentials that these have no room; remove Frameworks of this namespace that are not used, or use a ServiceAccount.");
        };
    }

    private static Verdict missing(Framework framework) {
        var basic = framework.getSpec().basicAuth();
        return basic != null
                ? Verdict.no(
                        READY,
                        "SecretMissing",
                        "Secret '%s' does not exist in this namespace, and the operator may not make it; create it, of type kubernetes.io/basic-auth, with username and password."
                                .formatted(basic.secretName()))
                : Verdict.no(
                        READY,
                        "ServiceAccountMissing",
                        "ServiceAccount '%s' does not exist in this namespace; create it, or name another by spec.serviceAccountName."
                                .formatted(FrameworkNames.account(framework)));
    }

    private static String grant(Framework framework, String role) {
        return "kubectl create rolebinding %s -n %s --clusterrole=%s --serviceaccount=%s:proffer-operator"
                .formatted(
                        role, framework.getMetadata().getNamespace(), role, FrameworkNames.clusterNamespace(framework));
    }

    private static Verdict scheduler(Framework framework, FrameworkObserved observed) {
        if (!observed.mayRunSchedulers()) {
            return Verdict.no(
                    SCHEDULER_AVAILABLE,
                    "Forbidden",
                    "The operator may not run pods in this namespace; an administrator can grant it: %s"
                            .formatted(grant(framework, "proffer-schedulers")));
        }
        int available = observed.scheduler()
                .map(Deployment::getStatus)
                .map(DeploymentStatus::getAvailableReplicas)
                .orElse(0);
        int wanted = Objects.requireNonNull(framework.getSpec().scheduler()).replicas();
        var message = "%d of %d pods of Deployment '%s' are available."
                .formatted(available, wanted, FrameworkNames.scheduler(framework));
        return available >= wanted
                ? Verdict.yes(SCHEDULER_AVAILABLE, "Available", message)
                : Verdict.no(SCHEDULER_AVAILABLE, "NotAvailable", message);
    }
}
