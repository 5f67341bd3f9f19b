package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.access.BasicCredential;
import dev.proffer.crds.cluster.ProfferCluster;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The Secret by which masters know frameworks' basic credentials: digests, one a line, under one key. */
public final class CredentialSecret {
    static final String KEY = "credentials";

    /** A Secret holds 1 MiB; some 5,000 frameworks. */
    private static final int MOST_BYTES = 1_000_000;

    private CredentialSecret() {}

    /** Of those that {@link #fitting}. */
    public static Secret of(ProfferCluster cluster, List<BasicCredential> credentials) {
        var text = new StringBuilder();
        credentials.stream()
                .map(BasicCredential::line)
                .sorted()
                .forEach(line -> text.append(line).append('\n'));
        return new SecretBuilder()
                .withMetadata(ClusterNames.meta(cluster, ClusterNames.CREDENTIALS, ClusterNames.MASTER_COMPONENT))
                .withType("Opaque")
                .addToData(
                        KEY, Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    /** What such a Secret says. */
    public static List<BasicCredential> read(Optional<Secret> secret) {
        return secret.map(Secret::getData)
                .map(data -> data.get(KEY))
                .map(Base64.getDecoder()::decode)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .map(text -> text.lines().map(BasicCredential::parse).toList())
                .orElse(List.of());
    }

    /**
     * As many frameworks' credentials as a Secret holds. Where there are too many, namespaces take turns: whoever floods the
     * cluster with Frameworks crowds out his own.
     *
     * @param credentials by framework, as {@code <namespace>/<name>}
     */
    public static Map<String, List<BasicCredential>> fitting(Map<String, List<BasicCredential>> credentials) {
        return fitting(credentials, MOST_BYTES);
    }

    static Map<String, List<BasicCredential>> fitting(Map<String, List<BasicCredential>> credentials, int mostBytes) {
        var fitting = new LinkedHashMap<String, List<BasicCredential>>();
        int left = mostBytes;
        for (var framework : inTurn(credentials.keySet())) {
            var own = Objects.requireNonNull(credentials.get(framework));
            int bytes = own.stream().mapToInt(one -> one.line().length() + 1).sum();
            if (bytes <= left) {
                fitting.put(framework, own);
                left -= bytes;
            }
        }
        return fitting;
    }

    /** The first of each namespace, then the second of each, and so on. */
    private static List<String> inTurn(Collection<String> frameworks) {
        record Turn(int number, String framework) {}
        var numbers = new HashMap<String, Integer>();
        var turns = new ArrayList<Turn>();
        for (var framework : frameworks.stream().sorted().toList()) {
            var namespace = framework.substring(0, framework.indexOf('/'));
            turns.add(new Turn(numbers.merge(namespace, 1, Integer::sum), framework));
        }
        turns.sort(Comparator.comparingInt(Turn::number).thenComparing(Turn::framework));
        return turns.stream().map(Turn::framework).toList();
    }
}
