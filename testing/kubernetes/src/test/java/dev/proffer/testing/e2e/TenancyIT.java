package dev.proffer.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.sdk.Master;
import dev.proffer.sdk.PodEnvironment;
import dev.proffer.sdk.Scheduler;
import dev.proffer.sdk.Termination;
import dev.proffer.sdk.driver.SchedulerDriver;
import dev.proffer.testing.nodes.NodeCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in. */
@Tag("nodes")
class TenancyIT {
    @RegisterExtension
    @Order(1)
    static final NodeCluster cluster = NodeCluster.shared();

    @RegisterExtension
    @Order(2)
    static final InstalledProffer proffer = new InstalledProffer(cluster);

    private static final String AUDIENCE = "proffer.dev/proffer/main";

    @TempDir
    Path folder;

    @Test
    void whoProvesNothingIsRefused() throws Exception {
        assertThat(refusal(Map.of())).contains("401");
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() throws Exception {
        assertThat(refusal(token("stranger", "https://kubernetes.default.svc"))).contains("401");
    }

    @Test
    void anAccountWithoutAFrameworkIsRefused() throws Exception {
        assertThat(refusal(token("nobody", AUDIENCE))).contains("Framework");
    }

    @Test
    void aFrameworkCannotTakeARoleThatItWasNotGranted() throws Exception {
        proffer.admin().apply("""
                apiVersion: proffer.dev/v1alpha1
                kind: Framework
                metadata: {name: greedy, namespace: %s}
                spec:
                  cluster: {name: main, namespace: proffer}
                  roles: [granted-to-others]
                ---
                apiVersion: proffer.dev/v1alpha1
                kind: Role
                metadata: {name: granted-to-others, namespace: proffer}
                spec:
                  path: granted-to-others
                  allowedSubjects: [{kind: ServiceAccount, namespace: elsewhere, name: other}]
                """.formatted(cluster.namespace())).expectSuccess();
        var environment = new TreeMap<>(token("greedy", AUDIENCE));
        environment.put("PROFFER_ROLES", "granted-to-others");
        assertThat(refusal(environment)).contains("granted-to-others");
    }

    private Map<String, String> token(String account, String audience) throws Exception {
        cluster.kubernetes().tokens().createAccount(account);
        var file = Files.writeString(
                folder.resolve("token"), cluster.kubernetes().tokens().issue(account, audience));
        return Map.of("PROFFER_TOKEN_FILE", file.toString());
    }

    private String refusal(Map<String, String> credentials) throws Exception {
        var trust =
                Files.writeString(folder.resolve("ca.crt"), proffer.get("configmap/proffer-trust", "{.data.ca\\.crt}"));
        var environment = new TreeMap<>(credentials);
        environment.put("PROFFER_MASTER", proffer.master());
        environment.put("PROFFER_CA_FILE", trust.toString());
        try (var driver =
                new SchedulerDriver(new Idle(), PodEnvironment.of(environment).configure("stranger"))) {
            var end = driver.run();
            assertThat(end.cause()).isNotEqualTo(Termination.Cause.TORN_DOWN);
            return end.toString();
        }
    }

    private static final class Idle implements Scheduler {
        @Override
        public void onOffers(Master master, List<Offer> offers) {}

        @Override
        public void onUpdate(Master master, TaskStatus status) {}
    }
}
