package dev.proffer.operator.framework;

import dev.proffer.crds.framework.Framework;
import dev.proffer.operator.kubernetes.Refusals;
import dev.proffer.operator.kubernetes.Writer;
import dev.proffer.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The objects of Frameworks' schedulers. */
final class FrameworkChildren {
    private final KubernetesClient client;
    private final Writer writer;
    private final SchedulerWatches schedulers;

    /** By the Framework's UID: what was applied last, of what is not watched. */
    private final Map<String, Integer> applied = new ConcurrentHashMap<>();

    FrameworkChildren(KubernetesClient client, SchedulerWatches schedulers) {
        this.client = client;
        this.writer = new Writer(client);
        this.schedulers = schedulers;
    }

    /**
     * Applies what differs.
     *
     * @return what was refused, and why
     */
    List<String> converge(Framework framework, List<HasMetadata> children, Context<Framework> context) {
        var refusals = new ArrayList<String>();
        var uid = framework.getMetadata().getUid();
        var others = children.stream()
                .filter(child -> !(child instanceof Deployment))
                .toList();
        boolean changed = !Integer.valueOf(others.hashCode()).equals(applied.get(uid));
        for (var child : children) {
            boolean due = child instanceof Deployment deployment ? differs(deployment, context) : changed;
            if (due) {
                Refusals.attempt(child, () -> writer.apply(child)).ifPresent(refusals::add);
            }
        }
        if (refusals.isEmpty()) {
            applied.put(uid, others.hashCode());
        } else {
            applied.remove(uid);
            schedulers.forget(framework.getMetadata().getNamespace());
        }
        return refusals;
    }

    void delete(Framework framework) {
        applied.remove(framework.getMetadata().getUid());
        var namespace = framework.getMetadata().getNamespace();
        var labels = Map.of(
                Labels.MANAGED_BY,
                Labels.OPERATOR,
                Labels.FRAMEWORK,
                framework.getMetadata().getName());
        client.apps()
                .deployments()
                .inNamespace(namespace)
                .withLabels(labels)
                .list()
                .getItems()
                .forEach(writer::delete);
        client.configMaps()
                .inNamespace(namespace)
                .withLabels(labels)
                .list()
                .getItems()
                .forEach(writer::delete);
        client.serviceAccounts()
                .inNamespace(namespace)
                .withLabels(labels)
                .list()
                .getItems()
                .forEach(writer::delete);
    }

    private boolean differs(Deployment wanted, Context<Framework> context) {
        return schedulers
                .find(wanted.getMetadata().getNamespace(), wanted.getMetadata().getName())
                .filter(actual -> SSABasedGenericKubernetesResourceMatcher.<Deployment>getInstance()
                        .matches(actual, wanted, context))
                .isEmpty();
    }
}
