package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.common.Amounts;
import dev.proffer.crds.common.ResourceAmount;
import dev.proffer.model.Ranges;
import dev.proffer.model.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A pool's resources, as Kubernetes and as an agent are told. */
final class PoolResources {
    /** Below Kubernetes' node ports. */
    private static final String DEFAULT_PORTS = "ports:[20000-29999]";

    /** Of a cluster that was not told otherwise. */
    static final String NODE_PORTS = "30000-32767";

    /** What a pod can request of what Mesos knows. */
    private static final Map<String, String> REQUESTED = new TreeMap<>(Map.of("cpus", "cpu", "mem", "memory"));

    private PoolResources() {}

    /** What a holder requests, and is limited to. */
    static Map<String, Quantity> requests(List<ResourceAmount> resources) {
        var requests = new TreeMap<String, Quantity>();
        for (var resource : resources) {
            var name = REQUESTED.get(resource.name());
            if (name != null && resource.amount() != null) {
                requests.put(name, resource.amount());
            }
        }
        return requests;
    }

    /** In the notation of Mesos: {@code cpus:4;mem:8192;ports:[20000-29999]}. */
    static String text(List<ResourceAmount> resources) {
        var named = resources.stream().map(PoolResources::text);
        var ports = resources.stream().anyMatch(resource -> resource.name().equals("ports"))
                ? Stream.<String>empty()
                : Stream.of(DEFAULT_PORTS);
        return Stream.concat(named, ports).collect(Collectors.joining(";"));
    }

    /** Those of the pool's ports that are Kubernetes' node ports, such as {@code 31000-32000}; empty if there are none. */
    static String nodePorts(List<ResourceAmount> resources) {
        var nodePorts =
                Resources.parse("ports:[" + NODE_PORTS + "]").ranges("ports").orElse(Ranges.NONE);
        return Resources.parse(text(resources))
                .ranges("ports")
                .map(ports -> ports.minus(ports.minus(nodePorts)))
                .map(overlap -> overlap.ranges().stream()
                        .map(range -> range.begin() + "-" + range.end())
                        .collect(Collectors.joining(",")))
                .orElse("");
    }

    private static String text(ResourceAmount resource) {
        var amount = resource.amount();
        return resource.name() + ":"
                + (amount == null
                        ? "[" + Objects.requireNonNull(resource.ranges()) + "]"
                        : Amounts.scalar(resource.name(), amount).toString());
    }
}
