package dev.proffer.operator.framework;

import dev.proffer.crds.framework.Framework;
import dev.proffer.operator.kubernetes.Changes;
import dev.proffer.operator.kubernetes.ConditionEvents;
import dev.proffer.operator.kubernetes.Releases;
import dev.proffer.operator.plan.framework.FrameworkPlan;
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
import java.time.Clock;
import java.time.Duration;
import java.util.List;

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

    private final ClusterPlace place;
    private final SchedulerWatches schedulers;
    private final FrameworkObserver observer;
    private final FrameworkChildren children;
    private final FrameworkStatusWriter statuses;

    @Inject
    public FrameworkReconciler(KubernetesClient client, ClusterPlace place, ConditionEvents events, Clock clock) {
        this.place = place;
        this.schedulers = new SchedulerWatches(client);
        this.observer = new FrameworkObserver(client, place, schedulers);
        this.children = new FrameworkChildren(client, schedulers);
        this.statuses = new FrameworkStatusWriter(client, events, clock);
    }

    @Override
    public List<EventSource<?, Framework>> prepareEventSources(EventSourceContext<Framework> context) {
        var client = context.getClient();
        return List.of(
                new Changes<>("cluster", place::onChange, context),
                schedulers,
                new Releases<>(
                        Framework.class,
                        client,
                        client.resources(Framework.class).inAnyNamespace(),
                        FINALIZER,
                        this::mayGo));
    }

    @Override
    public UpdateControl<Framework> reconcile(Framework framework, Context<Framework> context) {
        // Those of clusters in other namespaces are for the operators there.
        if (!observer.isOurs(framework)) {
            return UpdateControl.noUpdate();
        }
        var observed = observer.observe(framework);
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
        var plan = FrameworkPlan.of(framework, observed);
        var refusals = children.converge(framework, plan.children(), context);
        return again(statuses.write(framework, plan, refusals, observed.scheduler()));
    }

    /** Of a Framework that is being deleted; if its whole kind is, nobody meant it, and its scheduler runs on. */
    private boolean mayGo(Framework framework) {
        if (!observer.isOurs(framework) || observer.definitionGoes()) {
            return false;
        }
        children.delete(framework);
        return true;
    }

    private static UpdateControl<Framework> again(boolean complete) {
        var control = UpdateControl.<Framework>noUpdate();
        return complete ? control : control.rescheduleAfter(LOOK_AGAIN_SOON);
    }
}
