package dev.proffer.operator.policy;

import dev.proffer.crds.judgement.Ruling;
import dev.proffer.crds.role.Role;
import dev.proffer.crds.role.RoleStatus;
import dev.proffer.operator.kubernetes.Changes;
import dev.proffer.operator.kubernetes.Releases;
import dev.proffer.operator.plan.Verdict;
import dev.proffer.operator.plan.policy.RoleDeletion;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says of each Role what holds for it, and keeps those that hold something. */
@Singleton
@ControllerConfiguration(
        name = "roles",
        fieldManager = "proffer-operator",
        generationAwareEventProcessing = false,
        informer = @Informer(namespaces = Constants.WATCH_CURRENT_NAMESPACE))
public final class RoleReconciler implements Reconciler<Role> {
    /** While there is a cluster in which somebody may hold the role. */
    static final String FINALIZER = "proffer.dev/role-in-use";

    private final PolicyBench bench;
    private final PolicyStatuses statuses;

    @Inject
    public RoleReconciler(PolicyBench bench, PolicyStatuses statuses) {
        this.bench = bench;
        this.statuses = statuses;
    }

    @Override
    public List<EventSource<?, Role>> prepareEventSources(EventSourceContext<Role> context) {
        return List.of(
                new Changes<>("policy", bench::onChange, context),
                new Releases<>(
                        Role.class,
                        context.getClient(),
                        context.getClient().resources(Role.class),
                        FINALIZER,
                        this::mayGo,
                        _ -> {}));
    }

    @Override
    public UpdateControl<Role> reconcile(Role object, Context<Role> context) {
        boolean marked = object.getMetadata().getFinalizers().contains(FINALIZER);
        if (bench.hasCluster() && !marked) {
            context.resourceOperations().addFinalizer(FINALIZER);
        } else if (!bench.hasCluster() && marked) {
            context.resourceOperations().removeFinalizer(FINALIZER);
        }
        write(object);
        return UpdateControl.noUpdate();
    }

    /** Of a Role that is being deleted. */
    private boolean mayGo(Role role) {
        if (!bench.hasCluster() || RoleDeletion.blockedBy(role).isEmpty()) {
            return true;
        }
        write(role);
        return false;
    }

    private void write(Role object) {
        // What the cache does not know yet comes with an event of its own.
        Optional.ofNullable(bench.judgement().roles().get(object.getMetadata().getName()))
                .ifPresent(ruling -> {
                    var status = Optional.ofNullable(object.getStatus());
                    statuses.write(
                            object,
                            status.map(RoleStatus::observedGeneration).orElse(null),
                            status.map(RoleStatus::conditions).orElse(List.of()),
                            verdicts(object, ruling),
                            RoleReconciler::change);
                });
    }

    private static List<Verdict> verdicts(Role role, Ruling ruling) {
        var verdicts = new ArrayList<>(Rulings.verdicts(ruling));
        if (role.getMetadata().getDeletionTimestamp() != null) {
            RoleDeletion.blockedBy(role).ifPresent(verdicts::add);
        }
        return verdicts;
    }

    private static Role change(Long generation, List<Condition> conditions) {
        var change = new Role();
        change.setStatus(new RoleStatus(generation, conditions, null, null, null, null));
        return change;
    }
}
