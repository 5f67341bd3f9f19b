package dev.proffer.operator.plan.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.crds.access.BasicCredential;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CredentialSecretTest {
    private static final String SECRET = "a-long-enough-secret";

    @Test
    void isReadAsItWasWrittenAndTellsNoSecret() {
        var credentials = List.of(credential("team-a", "batch"), credential("team-b", "web"));
        var secret = CredentialSecret.of(Clusters.withSpec(""), credentials);
        assertThat(CredentialSecret.read(Optional.of(secret))).containsExactlyElementsOf(credentials);
        assertThat(secret.getData()).containsOnlyKeys("credentials");
        assertThat(secret.toString()).doesNotContain(SECRET);
    }

    @Test
    void isTheSameInWhateverOrderFrameworksAreLookedAt() {
        var a = credential("team-a", "batch");
        var b = credential("team-b", "web");
        assertThat(CredentialSecret.of(Clusters.withSpec(""), List.of(a, b)))
                .isEqualTo(CredentialSecret.of(Clusters.withSpec(""), List.of(b, a)));
    }

    @Test
    void whoFloodsTheClusterCrowdsOutHisOwn() {
        var all = new TreeMap<String, List<BasicCredential>>();
        for (int i = 10; i < 90; i++) {
            put(all, "flood", "f" + i);
        }
        put(all, "team-a", "batch");
        put(all, "team-b", "web");
        int line = credential("flood", "f10").line().length() + 1;
        var fitting = CredentialSecret.fitting(all, 10 * line);
        assertThat(fitting)
                .containsKeys("team-a/batch", "team-b/web", "flood/f10")
                .doesNotContainKey("flood/f89");
        assertThat(fitting.values().stream()
                        .flatMap(List::stream)
                        .mapToInt(one -> one.line().length() + 1)
                        .sum())
                .isLessThanOrEqualTo(10 * line);
    }

    private static void put(Map<String, List<BasicCredential>> all, String namespace, String name) {
        all.put(namespace + "/" + name, List.of(credential(namespace, name)));
    }

    private static BasicCredential credential(String namespace, String name) {
        return BasicCredential.ofFramework(namespace, name, name, "salt", SECRET);
    }
}
