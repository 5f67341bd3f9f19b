package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.access.ClusterAccess;
import dev.proffer.crds.cluster.Listener;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.cluster.Setting;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What masters are told, as a ConfigMap. */
final class MasterConfiguration {
    private static final String PREFIX = "proffer.master.";

    /** What the operator says itself; a cluster's own settings cannot. */
    private static final List<String> TAKEN =
            List.of("name", "cluster", "namespace", "lease", "policy", "listeners.", "agents.", "identity.");

    private MasterConfiguration() {}

    /** The settings of a cluster that are not its to set. */
    static List<String> refused(List<Setting> settings) {
        return settings.stream()
                .map(Setting::name)
                .filter(name -> TAKEN.stream()
                        .anyMatch(taken -> taken.endsWith(".") ? name.startsWith(taken) : name.equals(taken)))
                .toList();
    }

    static ConfigMap of(ProfferCluster cluster) {
        return new ConfigMapBuilder()
                .withMetadata(ClusterNames.meta(cluster, ClusterNames.MASTER, ClusterNames.MASTER_COMPONENT))
                .addToData(Properties.FILE, Properties.text(settings(cluster)))
                .build();
    }

    private static SortedMap<String, String> settings(ProfferCluster cluster) {
        var spec = cluster.getSpec();
        var settings = new TreeMap<String, String>();
        settings.put("quarkus.http.port", Integer.toString(Ports.HEALTH));
        var refused = refused(spec.master().settings());
        for (var setting : spec.master().settings()) {
            if (!refused.contains(setting.name())) {
                settings.put(PREFIX + setting.name(), setting.value());
            }
        }
        settings.put(PREFIX + "cluster", cluster.getMetadata().getName());
        settings.put(PREFIX + "lease", ClusterNames.LEASE);
        settings.put(PREFIX + "identity.audience", ClusterAccess.audience(cluster));
        settings.put(PREFIX + "identity.basic-credentials", Paths.CREDENTIALS);
        settings.put(PREFIX + "agents.port", Integer.toString(Ports.AGENT_LINK));
        settings.put(PREFIX + "agents.service", ClusterNames.AGENT_LINK);
        settings.put(PREFIX + "agents.service", ClusterNames.AGENT_LINK);
        settings.put(PREFIX + "agents.service-account", ClusterNames.AGENT);
        putCertificate(settings, PREFIX + "agents.");
        for (var listener : spec.listeners()) {
            put(settings, cluster, listener);
        }
        return settings;
    }

    private static void put(SortedMap<String, String> settings, ProfferCluster cluster, Listener listener) {
        var prefix = PREFIX + "listeners." + listener.name() + ".";
        var advertised = Advertised.of(cluster, listener);
        settings.put(prefix + "port", Integer.toString(listener.port()));
        settings.put(prefix + "service", ClusterNames.ofListener(listener.name()));
        settings.put(prefix + "service", ClusterNames.ofListener(listener.name()));
        settings.put(prefix + "advertised-host", advertised.host());
        settings.put(prefix + "advertised-port", Integer.toString(advertised.port()));
        if (listener.tls()) {
            putCertificate(settings, prefix);
        } else {
            settings.put(prefix + "plain", "true");
        }
        settings.put(
                prefix + "authentication",
                listener.authentication().stream()
                        .map(MasterConfiguration::name)
                        .collect(Collectors.joining(",")));
    }

    private static String name(Listener.Authentication way) {
        return switch (way) {
            case Token -> "tokens";
            case Basic -> "basic";
            case Anonymous -> "anonymous";
        };
    }

    private static void putCertificate(SortedMap<String, String> settings, String prefix) {
        settings.put(prefix + "certificate", Paths.CERTIFICATE + "/tls.crt");
        settings.put(prefix + "key", Paths.CERTIFICATE + "/tls.key");
    }
}
