package dev.proffer.testing.kubernetes.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.kubernetes.budget.AuditLog.Request;
import dev.proffer.testing.kubernetes.operator.Install;
import dev.proffer.testing.kubernetes.policy.ClusterUnderPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What operator and master together ask of the API server beyond watches and Leases, by its own audit log. As many agents and
 * Frameworks as {@code -Dproffer.it.agents} and {@code -Dproffer.it.frameworks} say.
 */
class RequestBudgetIT {
    private static final AuditLog AUDIT = AuditLog.inTemporaryFolder();

    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.ofItsOwn(AUDIT.flags());

    private static final int AGENTS = Integer.getInteger("proffer.it.agents", 300);
    private static final int FRAMEWORKS = Integer.getInteger("proffer.it.frameworks", 100);
    private static final String MASTER = "the-master";
    private static final String OPERATOR = "system:serviceaccount:proffer:proffer-operator";
    private static final int MOST_WRITES_A_SECOND = 30;
    private static final int MOST_REQUESTS_A_MINUTE = 10;

    /** The pace at which agents are written is known. */
    private static final Duration PATIENCE = Duration.ofSeconds(120 + (AGENTS + FRAMEWORKS) / 5);

    private static final Duration REST = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    @Test
    void writesStayFewWhileAClusterFillsAndRequestsStayFewWhenItIsAtRest() throws Exception {
        var install = Install.into(kubernetes);
        apply(cluster());
        frameworks();
        try (var _ = install.operator()) {
            await("all Frameworks are judged")
                    .pollInterval(POLL)
                    .atMost(PATIENCE)
                    .until(() -> count("pfw", "Admitted") == FRAMEWORKS);
            var start = Instant.now();
            var masters = kubernetes.access().as(MASTER, "system:masters");
            try (var cluster = ClusterUnderPolicy.start(masters.clientConfig(), Install.NAMESPACE, folder, 0);
                    var agents = SimulatedAgents.start(cluster.agentPort(), AGENTS)) {
                await("all agents are let in")
                        .pollInterval(POLL)
                        .atMost(PATIENCE)
                        .until(() -> agents.registered() == AGENTS);
                await("all agents are written")
                        .pollInterval(POLL)
                        .atMost(PATIENCE)
                        .until(() -> count("pagent", "Active") == AGENTS);
                await("all figures are written")
                        .pollInterval(POLL)
                        .atMost(PATIENCE)
                        .until(() -> count("pfw", "NotConnected") == FRAMEWORKS);
                checkWrites(AUDIT.since(start, Set.of(MASTER, OPERATOR)));

                awaitRest();
                var resting = Instant.now();
                passes(REST);
                checkRest(AUDIT.since(resting, Set.of(MASTER, OPERATOR)));
                assertThat(agents.registered()).isEqualTo(AGENTS);
            }
        }
    }

    private static void checkWrites(List<Request> requests) {
        var bySecond = requests.stream()
                .filter(Request::isWrite)
                .collect(Collectors.groupingBy(
                        request -> request.at().getEpochSecond(), TreeMap::new, Collectors.counting()));
        long most = bySecond.values().stream().mapToLong(Long::longValue).max().orElse(0);
        long overTen = mostOfTenSeconds(bySecond);
        System.out.printf(
                "%d agents, %d Frameworks, filling: at most %d writes in a second, %.1f a second over ten; %s%n",
                AGENTS, FRAMEWORKS, most, overTen / 10.0, what(requests));
        assertThat(overTen).isLessThan(10 * MOST_WRITES_A_SECOND);
    }

    private static long mostOfTenSeconds(NavigableMap<Long, Long> bySecond) {
        return bySecond.keySet().stream()
                .mapToLong(first -> bySecond.subMap(first, first + 10).values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .max()
                .orElse(0);
    }

    private static void checkRest(List<Request> requests) {
        System.out.printf(
                "%d agents, %d Frameworks, at rest: %d requests in %s; %s%n",
                AGENTS, FRAMEWORKS, requests.size(), REST, what(requests));
        assertThat(requests).as(what(requests).toString()).hasSizeLessThan(MOST_REQUESTS_A_MINUTE);
    }

    private static SortedMap<String, Long> what(List<Request> requests) {
        return requests.stream().collect(Collectors.groupingBy(Request::what, TreeMap::new, Collectors.counting()));
    }

    /** Nothing was written for a while in which figures would have been. */
    private static void awaitRest() {
        await("rest")
                .pollInterval(POLL)
                .atMost(PATIENCE)
                .until(() -> AUDIT.since(Instant.now().minusSeconds(20), Set.of(MASTER, OPERATOR)).stream()
                        .noneMatch(Request::isWrite));
    }

    private static void passes(Duration time) {
        var end = Instant.now().plus(time);
        await().atMost(time.multipliedBy(2)).until(() -> Instant.now().isAfter(end));
    }

    private static long count(String kind, String reason) {
        return kubernetes
                .kubectl()
                .get(
                        "get",
                        kind,
                        "-n",
                        Install.NAMESPACE,
                        "-o",
                        "jsonpath={range .items[*]}{.status.state}{.status.conditions[*].reason}{'\\n'}{end}")
                .lines()
                .filter(line -> line.toUpperCase(Locale.ROOT).contains(reason.toUpperCase(Locale.ROOT)))
                .count();
    }

    private static String cluster() {
        return """
                apiVersion: proffer.dev/v1alpha1
                kind: ProfferCluster
                metadata: {name: main, namespace: %s}
                spec:
                  listeners: [{name: test, tls: false, authentication: [Anonymous]}]
                """.formatted(Install.NAMESPACE);
    }

    private static void frameworks() {
        var all = new StringBuilder();
        for (int i = 0; i < FRAMEWORKS; i++) {
            all.append("""
                    ---
                    apiVersion: proffer.dev/v1alpha1
                    kind: Framework
                    metadata: {name: f%d, namespace: %s}
                    spec: {cluster: {name: main}, roles: [eng], serviceAccountName: default}
                    """.formatted(i, Install.NAMESPACE));
        }
        apply(all.toString());
    }

    private static void apply(String yaml) {
        kubernetes.kubectl().apply(yaml).expectSuccess();
    }
}
