package dev.proffer.operator.framework;

import dev.proffer.crds.framework.Framework;
import dev.proffer.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Deployments of schedulers, in the namespaces where the operator was granted to make them. One watch for each. */
final class SchedulerWatches extends AbstractEventSource<Deployment, Framework> {
    private final KubernetesClient client;
    private final Map<String, SharedIndexInformer<Deployment>> watches = new ConcurrentHashMap<>();

    SchedulerWatches(KubernetesClient client) {
        super(Deployment.class, "schedulers");
        this.client = client;
    }

    /** Whether the operator may run schedulers there. From the first yes on, it watches them. */
    boolean mayRun(String namespace) {
        if (!watches.containsKey(namespace) && !isGranted(namespace)) {
            return false;
        }
        watches.computeIfAbsent(namespace, this::watch);
        return true;
    }

    /** Of a namespace that is watched. */
    Optional<Deployment> find(String namespace, String name) {
        return Optional.ofNullable(watches.get(namespace))
                .map(watch -> watch.getStore().getByKey(namespace + "/" + name));
    }

    /** After the API server refused: the grant may have been taken away. */
    void forget(String namespace) {
        Optional.ofNullable(watches.remove(namespace)).ifPresent(SharedIndexInformer::stop);
    }

    @Override
    public Set<Deployment> getSecondaryResources(Framework framework) {
        return Set.of();
    }

    @Override
    public void stop() {
        super.stop();
        watches.values().forEach(SharedIndexInformer::stop);
        watches.clear();
    }

    private boolean isGranted(String namespace) {
        var review = client.resource(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withGroup("apps")
                        .withResource("deployments")
                        .withNamespace(namespace)
                        .withVerb("create")
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .create();
        return review.getStatus().getAllowed();
    }

    private SharedIndexInformer<Deployment> watch(String namespace) {
        return client.apps()
                .deployments()
                .inNamespace(namespace)
                .withLabelSelector(Labels.MADE_BY_OPERATOR + "," + Labels.FRAMEWORK)
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Deployment scheduler) {
                        changed(scheduler);
                    }

                    @Override
                    public void onUpdate(Deployment before, Deployment now) {
                        changed(now);
                    }

                    @Override
                    public void onDelete(Deployment scheduler, boolean finalStateUnknown) {
                        changed(scheduler);
                    }
                });
    }

    private void changed(Deployment scheduler) {
        var meta = scheduler.getMetadata();
        getEventHandler()
                .handleEvent(new Event(new ResourceID(meta.getLabels().get(Labels.FRAMEWORK), meta.getNamespace())));
    }
}
