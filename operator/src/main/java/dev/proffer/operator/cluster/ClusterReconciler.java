package dev.proffer.operator.cluster;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.certificates.GeneratedCertificates;
import dev.proffer.operator.framework.CredentialBook;
import dev.proffer.operator.kubernetes.Changes;
import dev.proffer.operator.kubernetes.ConditionEvents;
import dev.proffer.operator.plan.Labels;
import dev.proffer.operator.plan.Release;
import dev.proffer.operator.plan.Verdict;
import dev.proffer.operator.plan.cluster.ClusterPlan;
import dev.proffer.operator.plan.cluster.ClusterVerdicts;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes the namespace of a ProfferCluster what the cluster says, whoever changed it. */
@Singleton
@ControllerConfiguration(
        name = "clusters",
        fieldManager = "proffer-operator",
        generationAwareEventProcessing = false,
        informer = @Informer(namespaces = Constants.WATCH_CURRENT_NAMESPACE, onUpdateFilter = WhatMatters.class))
public final class ClusterReconciler implements Reconciler<ProfferCluster>, Cleaner<ProfferCluster> {
    /** Certificates are looked at so often, and what nobody tells of: Secrets of others, kinds that come and go. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

    /** Something is missing that people may bring at any time. */
    private static final Duration LOOK_AGAIN_SOON = Duration.ofSeconds(20);

    private final CredentialBook book;
    private final OptionalKinds kinds;
    private final ClusterObserver observer;
    private final Children children;
    private final ClusterDeletion deletion;
    private final ClusterStatusWriter statuses;
    private final LeaderPods leaderPods;
    private final Release release;
    private final Clock clock;

    @Inject
    public ClusterReconciler(
            KubernetesClient client, Release release, CredentialBook book, ConditionEvents events, Clock clock) {
        this.book = book;
        this.kinds = new OptionalKinds(client);
        this.observer = new ClusterObserver(client, kinds, new GeneratedCertificates(new SecureRandom()), book);
        this.children = new Children(client);
        this.statuses = new ClusterStatusWriter(client, events, clock);
        this.deletion = new ClusterDeletion(client, children, statuses);
        this.leaderPods = new LeaderPods(client);
        this.release = release;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, ProfferCluster>> prepareEventSources(EventSourceContext<ProfferCluster> context) {
        var sources = new ArrayList<EventSource<?, ProfferCluster>>();
        ChildKinds.ALL.forEach(kind -> sources.add(children(kind, context)));
        sources.add(new Changes<>("credentials", book::onChange, context));
        return sources;
    }

    @Override
    public UpdateControl<ProfferCluster> reconcile(ProfferCluster cluster, Context<ProfferCluster> context) {
        var observed = observer.observe(cluster, context, clock.instant());
        var plan = ClusterPlan.of(cluster, observed, release);
        var verdicts = new ArrayList<>(plan.verdicts());
        boolean complete =
                observed.certificate().problem().isEmpty() && plan.retained().isEmpty();
        if (!plan.children().isEmpty()) {
            var refusals = children.converge(cluster, plan, observed.kinds(), context);
            if (!refusals.isEmpty()) {
                complete = false;
                replace(verdicts, refusals);
            }
            leaderPods.goLast(cluster);
        }
        statuses.write(cluster, observed, verdicts);
        return UpdateControl.<ProfferCluster>noUpdate().rescheduleAfter(complete ? LOOK_AGAIN : LOOK_AGAIN_SOON);
    }

    @Override
    public DeleteControl cleanup(ProfferCluster cluster, Context<ProfferCluster> context) {
        boolean hasNothing = observer.olderCluster(cluster, context).isPresent();
        var namespace = cluster.getMetadata().getNamespace();
        return hasNothing
                ? DeleteControl.defaultDelete()
                : deletion.proceed(cluster, kinds.in(namespace, clock.instant()));
    }

    private static void replace(List<Verdict> verdicts, List<String> refusals) {
        verdicts.removeIf(verdict -> verdict.type().equals(ClusterVerdicts.DEGRADED));
        verdicts.add(Verdict.yes(ClusterVerdicts.DEGRADED, "Refused", String.join(" ", refusals)));
    }

    private static <T extends HasMetadata> EventSource<T, ProfferCluster> children(
            Class<T> kind, EventSourceContext<ProfferCluster> context) {
        var configuration = InformerEventSourceConfiguration.from(kind, ProfferCluster.class)
                .withName(kind.getSimpleName())
                .withLabelSelector(Labels.MADE_BY_OPERATOR + "," + Labels.CLUSTER)
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(ClusterReconciler::cluster)
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    private static Set<ResourceID> cluster(HasMetadata child) {
        var meta = child.getMetadata();
        return Set.of(new ResourceID(meta.getLabels().get(Labels.CLUSTER), meta.getNamespace()));
    }
}
