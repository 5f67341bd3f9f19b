package dev.proffer.operator.plan.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the leader's pod the last that a smaller Deployment gives up: Kubernetes takes those first whose deletion costs less.
 */
public final class LeaderLast {
    static final String COST = "controller.kubernetes.io/pod-deletion-cost";
    static final String OF_LEADER = "100";

    private LeaderLast() {}

    /**
     * Pods with nothing but the annotation, as they are to be applied.
     *
     * @param leader the leader's pod and what tells its process from others, as in the status
     */
    public static List<Pod> changes(List<Pod> masters, @Nullable String leader) {
        var leading = leader == null ? Optional.<String>empty() : podOf(masters, leader);
        return masters.stream()
                .filter(pod -> isCostly(pod) != isOf(leading, pod))
                .map(pod -> change(pod, isOf(leading, pod)))
                .toList();
    }

    private static Optional<String> podOf(List<Pod> masters, String leader) {
        return masters.stream()
                .map(pod -> pod.getMetadata().getName())
                .filter(leader::startsWith)
                .max(Comparator.comparingInt(String::length));
    }

    private static boolean isOf(Optional<String> leading, Pod pod) {
        return leading.filter(pod.getMetadata().getName()::equals).isPresent();
    }

    private static boolean isCostly(Pod pod) {
        var annotations = pod.getMetadata().getAnnotations();
        return annotations != null && Objects.equals(annotations.get(COST), OF_LEADER);
    }

    private static Pod change(Pod pod, boolean leads) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(pod.getMetadata().getName())
                .withNamespace(pod.getMetadata().getNamespace())
                .withUid(pod.getMetadata().getUid())
                .withAnnotations(leads ? Map.of(COST, OF_LEADER) : Map.of())
                .endMetadata()
                .build();
    }
}
