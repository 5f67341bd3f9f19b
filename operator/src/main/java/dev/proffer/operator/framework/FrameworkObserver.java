package dev.proffer.operator.framework;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.framework.Framework;
import dev.proffer.operator.plan.framework.FrameworkNames;
import dev.proffer.operator.plan.framework.FrameworkObserved;
import dev.proffer.operator.plan.framework.FrameworkProof;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Gathers what exists beside a Framework. */
final class FrameworkObserver {
    private static final String DEFINITION = "frameworks.proffer.dev";

    private final KubernetesClient client;
    private final ClusterPlace place;
    private final SchedulerWatches schedulers;
    private final BasicSecrets basicSecrets;

    FrameworkObserver(
            KubernetesClient client, ClusterPlace place, SchedulerWatches schedulers, BasicSecrets basicSecrets) {
        this.client = client;
        this.place = place;
        this.schedulers = schedulers;
        this.basicSecrets = basicSecrets;
    }

    /** Its cluster would be in this namespace, or is nowhere. */
    boolean isOurs(Framework framework) {
        var namespace = FrameworkNames.clusterNamespace(framework);
        return namespace.equals(place.namespace())
                || client.resources(ProfferCluster.class)
                                .inNamespace(namespace)
                                .withName(framework.getSpec().cluster().name())
                                .get()
                        == null;
    }

    FrameworkObserved observe(Framework framework) {
        var spec = framework.getSpec();
        var namespace = framework.getMetadata().getNamespace();
        boolean wantsScheduler = spec.scheduler() != null;
        return new FrameworkObserved(
                FrameworkNames.clusterNamespace(framework).equals(place.namespace())
                        ? place.cluster(spec.cluster().name())
                        : Optional.empty(),
                place.trust(),
                proof(framework),
                wantsScheduler && schedulers.mayRun(namespace),
                wantsScheduler ? schedulers.find(namespace, FrameworkNames.scheduler(framework)) : Optional.empty());
    }

    /** While the kind itself is being deleted, nobody meant any one object. */
    boolean definitionGoes() {
        var definition = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(DEFINITION)
                .get();
        return definition == null || definition.getMetadata().getDeletionTimestamp() != null;
    }

    private FrameworkProof proof(Framework framework) {
        var basic = framework.getSpec().basicAuth();
        return basic == null ? account(framework) : basicSecrets.look(framework, basic);
    }

    private FrameworkProof account(Framework framework) {
        try {
            var account = client.serviceAccounts()
                    .inNamespace(framework.getMetadata().getNamespace())
                    .withName(FrameworkNames.account(framework))
                    .get();
            return account == null ? new FrameworkProof.Missing() : new FrameworkProof.Account();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return new FrameworkProof.Account();
            }
            throw e;
        }
    }
}
