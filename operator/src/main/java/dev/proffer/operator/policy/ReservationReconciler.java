package dev.proffer.operator.policy;

import dev.proffer.crds.reservation.Reservation;
import dev.proffer.crds.reservation.ReservationStatus;
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

/** Says of each Reservation what holds for it. */
@Singleton
@ControllerConfiguration(
        name = "reservations",
        fieldManager = "proffer-operator",
        informer = @Informer(namespaces = Constants.WATCH_CURRENT_NAMESPACE))
public final class ReservationReconciler implements Reconciler<Reservation> {
    private final PolicyBench bench;
    private final PolicyStatuses statuses;

    @Inject
    public ReservationReconciler(PolicyBench bench, PolicyStatuses statuses) {
        this.bench = bench;
        this.statuses = statuses;
    }

    @Override
    public List<EventSource<?, Reservation>> prepareEventSources(EventSourceContext<Reservation> context) {
        return List.of(new Changes<>("policy", bench::onChange, context));
    }

    @Override
    public UpdateControl<Reservation> reconcile(Reservation object, Context<Reservation> context) {
        // What the cache does not know yet comes with an event of its own.
        Optional.ofNullable(bench.judgement()
                        .reservations()
                        .get(object.getMetadata().getName()))
                .ifPresent(ruling -> {
                    var status = Optional.ofNullable(object.getStatus());
                    statuses.write(
                            object,
                            status.map(ReservationStatus::observedGeneration).orElse(null),
                            status.map(ReservationStatus::conditions).orElse(List.of()),
                            Rulings.verdicts(ruling),
                            ReservationReconciler::change);
                });
        return UpdateControl.noUpdate();
    }

    private static Reservation change(Long generation, List<Condition> conditions) {
        var change = new Reservation();
        change.setStatus(new ReservationStatus(generation, conditions, null, null, null, null));
        return change;
    }
}
