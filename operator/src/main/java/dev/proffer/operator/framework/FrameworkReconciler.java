package dev.proffer.operator.framework;

import dev.proffer.crds.framework.Framework;
import dev.proffer.operator.kubernetes.Changes;
import dev.proffer.operator.kubernetes.ConditionEvents;
import dev.proffer.operator.kubernetes.Releases;
import dev.proffer.operator.kubernetes.Started;
import dev.proffer.operator.plan.framework.FrameworkObserved;
import dev.proffer.operator.plan.framework.FrameworkPlan;
import dev.proffer.operator.plan.framework.FrameworkProof;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says of each Framework whether it is admitted, and runs its scheduler where it asks for that and the operator may. */
@Singleton
@ControllerConfiguration(
        name = "frameworks",
        fieldManager = "proffer-operator",
        informer = @Informer(namespaces = Constants.WATCH_ALL_NAMESPACES))
public final class FrameworkReconciler implements Reconciler<Framework> {
    /** On a Framework whose scheduler runs in a cluster: without either there is nothing that must not be lost. */
    static final String FINALIZER = "proffer.dev/scheduler";

    /** Somebody may bring what is missing, or grant it, at any time. */
    private static final Duration LOOK_AGAIN_SOON = Duration.ofSeconds(20);

    /** A tenant's Secret changes without an event. */
    private static final Duration LOOK_AT_SECRETS = Duration.ofSeconds(60);

    private final ClusterPlace place;
    private final CredentialBook book;
    private final BasicSecrets basicSecrets;
    private final SchedulerWatches schedulers;
    private final FrameworkObserver observer;
    private final FrameworkChildren children;
    private final FrameworkStatusWriter statuses;

    @Inject
    public FrameworkReconciler(
            KubernetesClient client, ClusterPlace place, CredentialBook book, ConditionEvents events, Clock clock) {
        this.place = place;
        this.book = book;
        this.schedulers = new SchedulerWatches(client);
        this.basicSecrets = new BasicSecrets(client, new SecureRandom());
        this.observer = new FrameworkObserver(client, place, schedulers, basicSecrets);
        this.children = new FrameworkChildren(client, schedulers);
        this.statuses = new FrameworkStatusWriter(client, events, clock);
    }

    @Override
    public List<EventSource<?, Framework>> prepareEventSources(EventSourceContext<Framework> context) {
        var client = context.getClient();
        return List.of(
                new Changes<>("cluster", place::onChange, context),
                new Started<>(Framework.class, () -> book.frameworksAre(() -> names(context))),
                schedulers,
                new Releases<>(
                        Framework.class,
                        client,
                        client.resources(Framework.class).inAnyNamespace(),
                        FINALIZER,
                        this::mayGo,
                        framework -> book.drop(name(framework))));
    }

    @Override
    public UpdateControl<Framework> reconcile(Framework framework, Context<Framework> context) {
        // Those of clusters in other namespaces are for the operators there.
        if (!observer.isOurs(framework)) {
            return UpdateControl.noUpdate();
        }
        var observed = observe(framework);
        boolean marked = framework.getMetadata().getFinalizers().contains(FINALIZER);
        boolean runs = framework.getSpec().scheduler() != null
                && observed.cluster().isPresent()
                && observed.mayRunSchedulers();
        if (runs && !marked) {
            context.resourceOperations().addFinalizer(FINALIZER);
        } else if (!runs && marked) {
            children.delete(framework);
            context.resourceOperations().removeFinalizer(FINALIZER);
        }
        var plan = planned(framework, observed);
        var refusals = children.converge(framework, plan.children(), context);
        return again(framework, statuses.write(framework, plan, refusals, observed.scheduler()));
    }

    /** Makes a Secret that is missing: nothing but the tenant's own objects depends on it. */
    private FrameworkObserved observe(Framework framework) {
        var observed = observer.observe(framework);
        var basic = framework.getSpec().basicAuth();
        return basic != null
                        && observed.proof() instanceof FrameworkProof.Missing
                        && FrameworkPlan.takesBasic(framework, observed)
                ? observed.withProof(basicSecrets.make(framework, basic))
                : observed;
    }

    private FrameworkPlan planned(Framework framework, FrameworkObserved observed) {
        var plan = FrameworkPlan.of(framework, observed);
        return book.put(name(framework), plan.credentials())
                ? plan
                : FrameworkPlan.of(framework, observed.withProof(new FrameworkProof.CrowdedOut()));
    }

    private static Set<String> names(EventSourceContext<Framework> context) {
        return context.getPrimaryCache().list().map(FrameworkReconciler::name).collect(Collectors.toUnmodifiableSet());
    }

    private static String name(Framework framework) {
        var meta = framework.getMetadata();
        return meta.getNamespace() + "/" + meta.getName();
    }

    /** Of a Framework that is being deleted; if its whole kind is, nobody meant it, and its scheduler runs on. */
    private boolean mayGo(Framework framework) {
        if (!observer.isOurs(framework) || observer.definitionGoes()) {
            return false;
        }
        children.delete(framework);
        return true;
    }

    private static UpdateControl<Framework> again(Framework framework, boolean complete) {
        var control = UpdateControl.<Framework>noUpdate();
        if (!complete) {
            return control.rescheduleAfter(LOOK_AGAIN_SOON);
        }
        return framework.getSpec().basicAuth() == null ? control : control.rescheduleAfter(LOOK_AT_SECRETS);
    }
}
