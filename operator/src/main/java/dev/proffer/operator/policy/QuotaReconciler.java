package dev.proffer.operator.policy;

import dev.proffer.crds.quota.Quota;
import dev.proffer.crds.quota.QuotaStatus;
import dev.proffer.operator.kubernetes.Changes;
import dev.proffer.operator.plan.policy.Rulings;
import io.fabric8.kubernetes.api.model.Condition;
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
import java.util.List;
import java.util.Optional;

/** Says of each Quota what holds for it. */
@Singleton
@ControllerConfiguration(
        name = "quotas",
        fieldManager = "proffer-operator",
        informer = @Informer(namespaces = Constants.WATCH_CURRENT_NAMESPACE))
public final class QuotaReconciler implements Reconciler<Quota> {
    private final PolicyBench bench;
    private final PolicyStatuses statuses;

    @Inject
    public QuotaReconciler(PolicyBench bench, PolicyStatuses statuses) {
        this.bench = bench;
        this.statuses = statuses;
    }

    @Override
    public List<EventSource<?, Quota>> prepareEventSources(EventSourceContext<Quota> context) {
        return List.of(new Changes<>("policy", bench::onChange, context));
    }

    @Override
    public UpdateControl<Quota> reconcile(Quota object, Context<Quota> context) {
        // What the cache does not know yet comes with an event of its own.
        Optional.ofNullable(bench.judgement().quotas().get(object.getMetadata().getName()))
                .ifPresent(ruling -> {
                    var status = Optional.ofNullable(object.getStatus());
                    statuses.write(
                            object,
                            status.map(QuotaStatus::observedGeneration).orElse(null),
                            status.map(QuotaStatus::conditions).orElse(List.of()),
                            Rulings.verdicts(ruling),
                            QuotaReconciler::change);
                });
        return UpdateControl.noUpdate();
    }

    private static Quota change(Long generation, List<Condition> conditions) {
        var change = new Quota();
        change.setStatus(new QuotaStatus(generation, conditions, null, null));
        return change;
    }
}
