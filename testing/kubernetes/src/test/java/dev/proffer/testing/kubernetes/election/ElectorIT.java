package dev.proffer.testing.kubernetes.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.master.edge.election.ElectionListener;
import dev.proffer.master.edge.election.ElectionSettings;
import dev.proffer.master.edge.election.Elector;
import dev.proffer.master.edge.election.LeaseClients;
import dev.proffer.master.edge.election.Standing;
import dev.proffer.model.Moment;
import dev.proffer.testing.kubernetes.Access;
import dev.proffer.testing.kubernetes.TestKubernetes;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Candidates that compete for a real Lease: who holds it, and that never two do. */
class ElectorIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.shared();

    private static final String LEASE = "master";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LEASE_DURATION = Duration.ofSeconds(4);

    private final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (var closeable : open) {
            closeable.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void ofManyThatStartTogetherOneLeads() {
        IntStream.range(0, 5).forEach(index -> candidate("candidate-" + index, kubernetes.access()));
        candidates.forEach(candidate -> candidate.elector.start());
        await().atMost(PATIENCE).until(() -> candidates.stream().noneMatch(candidate -> candidate.standings.isEmpty()));
        assertThat(leaders()).hasSize(1);
        assertThat(lease().getMetadata().getAnnotations()).containsEntry("proffer.dev/term", "1");
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo(leaders().getFirst().name);
        assertThat(lease().getSpec().getLeaseDurationSeconds()).isEqualTo(Math.toIntExact(LEASE_DURATION.toSeconds()));
    }

    @Test
    void aLeaderThatGoesIsFollowedAtOnceByAHigherTerm() {
        var first = leader("first");
        var second = candidate("second", kubernetes.access());
        second.elector.start();
        await().until(() -> second.standings.contains(new Standing.Following(Optional.of("first:5050"))));
        first.elector.close();
        assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
        await().atMost(LEASE_DURATION).until(() -> second.standings.contains(new Standing.Leading(2, "second")));
    }

    @Test
    void aLeaderThatIsCutOffEndsBeforeAnotherBegins() {
        var proxy = kubernetes.proxy();
        var first = candidate("first", kubernetes.access().through(proxy));
        first.elector.start();
        await().atMost(PATIENCE).until(() -> first.standings.contains(new Standing.Leading(1, "first")));
        var second = candidate("second", kubernetes.access());
        second.elector.start();
        proxy.cut();
        neverTwoLeadUntil(() -> second.standings.contains(new Standing.Leading(2, "second")));
        assertThat(first.standings).as("agents may carry it").containsExactly(new Standing.Leading(1, "first"));
        proxy.mend();
        await().until(() -> first.standings.getLast() instanceof Standing.Lost);
        assertThat(first.elector.mayAct(now())).isFalse();
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("second");
    }

    @Test
    void aLeaderWhoseRequestsHangEndsBeforeAnotherBegins() {
        var proxy = kubernetes.proxy();
        var first = candidate("first", kubernetes.access().through(proxy));
        first.elector.start();
        await().atMost(PATIENCE).until(() -> first.standings.contains(new Standing.Leading(1, "first")));
        var second = candidate("second", kubernetes.access());
        second.elector.start();
        proxy.silence();
        neverTwoLeadUntil(() -> second.standings.contains(new Standing.Leading(2, "second")));
        // What hung reaches the API server now: a renewal of a Lease that is not its own any more.
        proxy.mend();
        var renewed = lease().getSpec().getRenewTime();
        await().until(() -> !lease().getSpec().getRenewTime().equals(renewed));
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("second");
    }

    @Test
    void aLeaseDeletedByHandStaysWithItsLeader() {
        var first = leader("first");
        var second = candidate("second", kubernetes.access());
        second.elector.start();
        await().until(() -> !second.standings.isEmpty());
        var deleted = lease().getMetadata().getUid();
        kubernetes.kubectl().get("delete", "lease", LEASE);
        neverTwoLeadUntil(() -> leases().get() != null);
        assertThat(lease().getMetadata().getUid()).isNotEqualTo(deleted);
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("first");
        assertThat(lease().getMetadata().getAnnotations()).containsEntry("proffer.dev/term", "1");
        assertThat(first.standings).containsExactly(new Standing.Leading(1, "first"));
    }

    @Test
    void aLeaseDeletedWithItsLeaderCutOffGoesToAnotherWhenItsDurationIsOver() {
        var proxy = kubernetes.proxy();
        var first = candidate("first", kubernetes.access().through(proxy));
        first.elector.start();
        await().atMost(PATIENCE).until(() -> first.standings.contains(new Standing.Leading(1, "first")));
        var second = candidate("second", kubernetes.access());
        second.elector.start();
        await().until(() -> !second.standings.isEmpty());
        proxy.cut();
        kubernetes.kubectl().get("delete", "lease", LEASE);
        neverTwoLeadUntil(() -> second.standings.contains(new Standing.Leading(2, "second")));
    }

    @Test
    void aLeaseThatAnotherTookEndsTheLeadership() {
        var first = leader("first");
        await().until(() -> {
            var patch = "{\"spec\":{\"holderIdentity\":\"thief\"}}";
            return kubernetes
                            .kubectl()
                            .run("patch", "lease", LEASE, "--type=merge", "-p", patch)
                            .code()
                    == 0;
        });
        await().until(() -> first.standings.getLast() instanceof Standing.Lost);
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("thief");
    }

    private Candidate leader(String name) {
        var candidate = candidate(name, kubernetes.access());
        candidate.elector.start();
        await().atMost(PATIENCE).until(() -> candidate.standings.contains(new Standing.Leading(1, name)));
        return candidate;
    }

    private Candidate candidate(String name, Access access) {
        var candidate = new Candidate(name, access);
        candidates.add(candidate);
        return candidate;
    }

    /** Whose Lease it is, as far as they know. */
    private List<Candidate> leaders() {
        var now = now();
        return candidates.stream()
                .filter(candidate -> !now.reached(candidate.leaseUntil))
                .toList();
    }

    private void neverTwoLeadUntil(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            assertThat(leaders()).hasSizeLessThan(2);
            return condition.call();
        });
    }

    private static Resource<Lease> leases() {
        return kubernetes.admin().leases().withName(LEASE);
    }

    private static Lease lease() {
        return leases().get();
    }

    private static Moment now() {
        return new Moment(System.nanoTime(), Instant.now());
    }

    private final class Candidate {
        final String name;
        final List<Standing> standings = new CopyOnWriteArrayList<>();
        final Elector elector;
        volatile long leaseUntil = Long.MIN_VALUE;

        Candidate(String name, Access access) {
            this.name = name;
            var client = LeaseClients.open(access.clientConfig(), vertx);
            var settings = new ElectionSettings(
                    name, name + ":5050", LEASE_DURATION, Duration.ofSeconds(3), Duration.ofMillis(200), 0);
            elector = Elector.overLease(
                    client,
                    kubernetes.namespace(),
                    LEASE,
                    /* cluster= */ Optional.empty(),
                    settings,
                    ElectorIT::now,
                    new ElectionListener() {
                        @Override
                        public void stand(Standing standing) {
                            standings.add(standing);
                        }

                        @Override
                        public void confirmed(long until) {
                            leaseUntil = until;
                        }
                    });
            open.addFirst(client);
            open.addFirst(elector);
        }
    }
}
