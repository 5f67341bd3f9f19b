package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.cluster.AgentPool;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.cluster.Setting;
import dev.proffer.crds.common.AttributeSpec;
import dev.proffer.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the agents of a pool are told, as a ConfigMap. */
final class AgentConfiguration {
    private static final String PREFIX = "proffer.agent.";

    /** What the operator says itself; a pool's own settings cannot. */
    private static final List<String> TAKEN = List.of(
            "hostname",
            "ip",
            "pool",
            "resources",
            "attributes",
            "state-folder",
            "token",
            "launcher",
            "linux.in-holder",
            "linux.cgroup-parent",
            "master.");

    private AgentConfiguration() {}

    /** The settings of a pool that are not its to set. */
    static List<String> refused(List<Setting> settings) {
        return settings.stream()
                .map(Setting::name)
                .filter(name -> TAKEN.stream()
                        .anyMatch(taken -> taken.endsWith(".") ? name.startsWith(taken) : name.equals(taken)))
                .toList();
    }

    static ConfigMap of(ProfferCluster cluster, AgentPool pool) {
        var meta = ClusterNames.meta(cluster, ClusterNames.ofAgents(pool.name()), ClusterNames.AGENT_COMPONENT);
        meta.getLabels().put(Labels.POOL, pool.name());
        return new ConfigMapBuilder()
                .withMetadata(meta)
                .addToData(Properties.FILE, Properties.text(settings(cluster, pool)))
                .build();
    }

    private static SortedMap<String, String> settings(ProfferCluster cluster, AgentPool pool) {
        var settings = new TreeMap<String, String>();
        settings.put("quarkus.http.port", Integer.toString(Ports.AGENT_HEALTH));
        // It asks nobody who he is. A pool's own setting can open it, for clients of Mesos' that look into agents.
        settings.put(PREFIX + "host", "127.0.0.1");
        // Above the pool's own settings, since a cluster may have its node ports elsewhere.
        settings.put(PREFIX + "forbidden-ports", PoolResources.NODE_PORTS);
        var refused = refused(pool.settings());
        for (var setting : pool.settings()) {
            if (!refused.contains(setting.name())) {
                settings.put(PREFIX + setting.name(), setting.value());
            }
        }
        settings.put(PREFIX + "hostname", "${NODE_NAME}");
        settings.put(PREFIX + "pool", pool.name());
        settings.put(PREFIX + "resources", PoolResources.text(pool.resources()));
        settings.put(PREFIX + "state-folder", pool.statePath() + "/${NODE_NAME}");
        settings.put(PREFIX + "launcher", pool.launcher().name());
        settings.put(PREFIX + "linux.in-holder", "true");
        settings.put(PREFIX + "token", Paths.TOKEN + "/token");
        settings.put(PREFIX + "master.certificate-authority", Paths.TRUST + "/ca.crt");
        settings.put(
                PREFIX + "master.host",
                ClusterNames.AGENT_LINK + "." + cluster.getMetadata().getNamespace() + ".svc");
        settings.put(PREFIX + "master.port", Integer.toString(Ports.AGENT_LINK));
        if (!pool.attributes().isEmpty()) {
            settings.put(PREFIX + "attributes", attributes(pool.attributes()));
        }
        return settings;
    }

    private static String attributes(List<AttributeSpec> attributes) {
        return attributes.stream()
                .map(attribute -> attribute.name() + ":" + attribute.value())
                .collect(Collectors.joining(";"));
    }
}
