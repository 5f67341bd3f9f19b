package dev.proffer.operator.cluster;

import dev.proffer.crds.agent.Agent;
import dev.proffer.crds.cluster.AgentPool;
import dev.proffer.crds.cluster.Listener;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.certificates.GeneratedCertificates;
import dev.proffer.operator.certificates.GivenCertificate;
import dev.proffer.operator.framework.CredentialBook;
import dev.proffer.operator.plan.Labels;
import dev.proffer.operator.plan.cluster.CertManagerRequest;
import dev.proffer.operator.plan.cluster.Certified;
import dev.proffer.operator.plan.cluster.ClusterNames;
import dev.proffer.operator.plan.cluster.ClusterObserved;
import dev.proffer.operator.plan.cluster.CredentialSecret;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gathers what exists beside a ProfferCluster: from caches, and from the API server what is seldom needed. */
final class ClusterObserver {
    private static final Comparator<ProfferCluster> BY_AGE = Comparator.<ProfferCluster, String>comparing(
                    cluster -> cluster.getMetadata().getCreationTimestamp())
            .thenComparing(cluster -> cluster.getMetadata().getName());

    private final KubernetesClient client;
    private final OptionalKinds kinds;
    private final GeneratedCertificates generated;
    private final CredentialBook book;

    ClusterObserver(
            KubernetesClient client, OptionalKinds kinds, GeneratedCertificates generated, CredentialBook book) {
        this.client = client;
        this.kinds = kinds;
        this.generated = generated;
        this.book = book;
    }

    ClusterObserved observe(ProfferCluster cluster, Context<ProfferCluster> context, Instant now) {
        var daemonSets = context.getSecondaryResources(DaemonSet.class);
        return new ClusterObserved(
                olderCluster(cluster, context),
                certificate(cluster, context, now),
                context.getSecondaryResources(Deployment.class).stream().findFirst(),
                List.copyOf(daemonSets),
                agentsOfRemovedPools(cluster, daemonSets),
                kinds.in(cluster.getMetadata().getNamespace(), now),
                credentials(cluster, context));
    }

    private List<HasMetadata> credentials(ProfferCluster cluster, Context<ProfferCluster> context) {
        boolean needed = cluster.getSpec().listeners().stream()
                .anyMatch(listener -> listener.authentication().contains(Listener.Authentication.Basic));
        if (!needed) {
            return List.of();
        }
        var written = CredentialSecret.read(own(context, ClusterNames.CREDENTIALS));
        return List.of(CredentialSecret.of(cluster, book.contents(written)));
    }

    Optional<String> olderCluster(ProfferCluster cluster, Context<ProfferCluster> context) {
        return context.getPrimaryCache()
                .list(cluster.getMetadata().getNamespace())
                .min(BY_AGE)
                .map(oldest -> oldest.getMetadata().getName())
                .filter(name -> !name.equals(cluster.getMetadata().getName()));
    }

    /** There are many agents: they are looked at only when a pool was removed. */
    private List<Agent> agentsOfRemovedPools(ProfferCluster cluster, Set<DaemonSet> daemonSets) {
        var pools = cluster.getSpec().agentPools().stream().map(AgentPool::name).toList();
        boolean removed = daemonSets.stream()
                .map(set -> set.getMetadata().getLabels().get(Labels.POOL))
                .anyMatch(pool -> pool != null && !pools.contains(pool));
        return removed
                ? client.resources(Agent.class)
                        .inNamespace(cluster.getMetadata().getNamespace())
                        .list()
                        .getItems()
                : List.of();
    }

    private Certified certificate(ProfferCluster cluster, Context<ProfferCluster> context, Instant now) {
        var security = cluster.getSpec().security();
        return switch (security.certificates()) {
            case Generated ->
                generated.certify(
                        cluster, own(context, ClusterNames.AUTHORITY), own(context, ClusterNames.CERTIFICATE), now);
            case Secret -> given(cluster, String.valueOf(security.secretName()), now);
            case CertManager -> {
                var issued = given(cluster, ClusterNames.CERTIFICATE, now);
                var issuer = security.issuer();
                yield new Certified(
                        issued.secret(),
                        issued.trust(),
                        issuer == null ? List.of() : List.of(CertManagerRequest.of(cluster, issuer)),
                        issued.problem());
            }
        };
    }

    private Certified given(ProfferCluster cluster, String name, Instant now) {
        var secret = client.secrets()
                .inNamespace(cluster.getMetadata().getNamespace())
                .withName(name)
                .get();
        return GivenCertificate.certify(name, Optional.ofNullable(secret), now);
    }

    private static Optional<Secret> own(Context<ProfferCluster> context, String name) {
        return context.getSecondaryResources(Secret.class).stream()
                .filter(secret -> secret.getMetadata().getName().equals(name))
                .findFirst();
    }
}
