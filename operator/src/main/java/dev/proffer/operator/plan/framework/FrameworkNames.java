package dev.proffer.operator.plan.framework;

import dev.proffer.crds.framework.Framework;
import dev.proffer.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Names of a Framework's objects. */
public final class FrameworkNames {
    static final String COMPONENT = "scheduler";

    private FrameworkNames() {}

    /** The Deployment of its scheduler. */
    public static String scheduler(Framework framework) {
        return framework.getMetadata().getName() + "-scheduler";
    }

    /** What tells its scheduler which masters to trust. */
    public static String trust(Framework framework) {
        return framework.getMetadata().getName() + "-proffer-trust";
    }

    /** The ServiceAccount as which it subscribes, if not by HTTP basic. */
    public static String account(Framework framework) {
        return Objects.requireNonNullElse(
                framework.getSpec().serviceAccountName(),
                framework.getMetadata().getName());
    }

    /** Where its cluster is. */
    public static String clusterNamespace(Framework framework) {
        return Objects.requireNonNullElse(
                framework.getSpec().cluster().namespace(),
                framework.getMetadata().getNamespace());
    }

    static Map<String, String> selecting(Framework framework) {
        var labels = new TreeMap<>(Labels.selecting(COMPONENT));
        labels.put(Labels.FRAMEWORK, framework.getMetadata().getName());
        return labels;
    }

    static ObjectMeta meta(Framework framework, String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(framework.getMetadata().getNamespace())
                .withLabels(selecting(framework))
                .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
                .addToLabels(Labels.PART_OF, Labels.PRODUCT)
                .build();
    }
}
