package dev.proffer.master.edge.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.cluster.ProfferClusterStatus;
import dev.proffer.master.edge.KubernetesApi;
import dev.proffer.model.Moment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Electors over a Lease in an API server. */
class ElectorTest {
    private static final String CLUSTER = "main";

    private final KubernetesApi api = new KubernetesApi();
    private final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (var closeable : open) {
            closeable.close();
        }
        api.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void ofTwoElectorsOneLeadsAndTheOtherTakesOverWithAHigherTermWhenItGoes() {
        var a = new Candidate("a");
        a.elector.start();
        await().until(() -> a.standings.contains(new Standing.Leading(1, "a")));
        var b = new Candidate("b");
        b.elector.start();
        await().until(() -> !b.standings.isEmpty());
        assertThat(b.standings.getFirst()).isEqualTo(new Standing.Following(Optional.of("a:5050")));
        assertThat(a.elector.mayAct(now())).isTrue();
        assertThat(b.elector.mayAct(now())).isFalse();

        a.elector.close();
        await().until(() -> b.standings.contains(new Standing.Leading(2, "b")));
        assertThat(a.elector.mayAct(now())).isFalse();
        assertThat(lease().getMetadata().getAnnotations())
                .containsEntry("proffer.dev/term", "2")
                .containsEntry("proffer.dev/address", "b:5050");
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("b");
    }

    @Test
    void startingTogetherOnlyOneLeads() {
        var candidates = List.of(new Candidate("a"), new Candidate("b"), new Candidate("c"));
        candidates.forEach(candidate -> candidate.elector.start());
        await().until(() -> candidates.stream().noneMatch(candidate -> candidate.standings.isEmpty()));
        assertThat(candidates.stream()
                        .filter(candidate -> candidate.standings.contains(new Standing.Leading(1, candidate.name)))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void theLeaderRenewsAndKeepsWhatOthersWroteIntoTheLease() {
        var a = new Candidate("a");
        a.elector.start();
        await().until(() -> a.standings.contains(new Standing.Leading(1, "a")));
        edit(lease -> lease.getMetadata().getAnnotations().put("example.com/note", "kept"));
        var renewed = lease().getSpec().getRenewTime();
        await().until(() -> !lease().getSpec().getRenewTime().equals(renewed));
        assertThat(lease().getMetadata().getAnnotations()).containsEntry("example.com/note", "kept");
        assertThat(a.standings).containsExactly(new Standing.Leading(1, "a"));
    }

    @Test
    void aStolenLeaseEndsTheLeadership() {
        var a = new Candidate("a");
        a.elector.start();
        await().until(() -> a.standings.contains(new Standing.Leading(1, "a")));
        edit(lease -> lease.getSpec().setHolderIdentity("thief"));
        await().until(() -> a.standings.getLast() instanceof Standing.Lost);
        assertThat(a.elector.mayAct(now())).isFalse();
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("thief");
    }

    @Test
    void aDeletedLeaseIsMadeAgain() {
        var a = new Candidate("a");
        a.elector.start();
        await().until(() -> a.standings.contains(new Standing.Leading(1, "a")));
        leases().delete();
        await().until(() -> leases().get() != null);
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("a");
        assertThat(lease().getMetadata().getAnnotations()).containsEntry("proffer.dev/term", "1");
    }

    @Test
    void aTermThatAgentsHaveObeyedIsPassed() {
        var a = new Candidate("a");
        a.elector.start();
        await().until(() -> a.standings.contains(new Standing.Leading(1, "a")));
        a.elector.termSeen(Long.MAX_VALUE, "a liar");
        a.elector.termSeen(6, "a forgotten one");
        await().until(() -> a.standings.contains(new Standing.Leading(7, "a")));
    }

    @Test
    void termAndLeaderAreInTheClustersStatusBeforeTheyAreKnownToAnybody() {
        api.client()
                .resource(
                        cluster(new ProfferClusterStatus(null, null, 41L, "an earlier one", null, null, null, "0.0.9")))
                .create();
        var a = new Candidate("a");
        a.elector.start();
        await().until(() -> !a.standings.isEmpty());
        assertThat(a.standings).containsExactly(new Standing.Leading(42, "a"));
        var status = clusters().get().getStatus();
        assertThat(status.term()).isEqualTo(42);
        assertThat(status.leader()).isEqualTo("a");
        assertThat(status.version()).as("what others wrote").isEqualTo("0.0.9");
        assertThat(a.confirmedUntil).isGreaterThan(System.nanoTime());
    }

    @Test
    void termIsKeptWhenTheLeaseIsDeletedBetweenTwoLeaders() {
        api.client().resource(cluster(null)).create();
        var a = new Candidate("a");
        a.elector.start();
        await().until(() -> a.standings.contains(new Standing.Leading(1, "a")));
        a.elector.close();
        leases().delete();
        var b = new Candidate("b");
        b.elector.start();
        await().until(() -> b.standings.contains(new Standing.Leading(2, "b")));
        assertThat(clusters().get().getStatus().leader()).isEqualTo("b");
    }

    private static ProfferCluster cluster(@Nullable ProfferClusterStatus status) {
        var cluster = new ProfferCluster();
        cluster.setMetadata(new ObjectMetaBuilder()
                .withName(CLUSTER)
                .withNamespace(KubernetesApi.NAMESPACE)
                .build());
        cluster.setStatus(status);
        return cluster;
    }

    private Resource<ProfferCluster> clusters() {
        return api.client()
                .resources(ProfferCluster.class)
                .inNamespace(KubernetesApi.NAMESPACE)
                .withName(CLUSTER);
    }

    @Test
    void theClusterIsTheNamespace() throws InterruptedException {
        var uid = api.client()
                .namespaces()
                .withName(KubernetesApi.NAMESPACE)
                .get()
                .getMetadata()
                .getUid();
        assertThat(ClusterUid.await(client(), KubernetesApi.NAMESPACE))
                .isEqualTo(uid)
                .isNotBlank();
    }

    private Resource<Lease> leases() {
        return api.client().leases().inNamespace(KubernetesApi.NAMESPACE).withName(KubernetesApi.LEASE);
    }

    /** Again and again, until it is not overtaken by a renewal. */
    private void edit(Consumer<Lease> change) {
        await().ignoreException(KubernetesClientException.class).until(() -> {
            leases().edit(lease -> {
                change.accept(lease);
                return lease;
            });
            return true;
        });
    }

    private Lease lease() {
        return leases().get();
    }

    private KubernetesClient client() {
        var client = LeaseClients.open(api.config(), vertx);
        open.add(client);
        return client;
    }

    private static Moment now() {
        return new Moment(System.nanoTime(), Instant.now());
    }

    private final class Candidate {
        final String name;
        final List<Standing> standings = new CopyOnWriteArrayList<>();
        final Elector elector;
        volatile long confirmedUntil;

        Candidate(String name) {
            this.name = name;
            var settings = new ElectionSettings(
                    name, name + ":5050", Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(100), 0);
            elector = Elector.overLease(
                    client(),
                    KubernetesApi.NAMESPACE,
                    KubernetesApi.LEASE,
                    Optional.of(CLUSTER),
                    settings,
                    ElectorTest::now,
                    new ElectionListener() {
                        @Override
                        public void stand(Standing standing) {
                            standings.add(standing);
                        }

                        @Override
                        public void confirmed(long until) {
                            confirmedUntil = until;
                        }
                    });
            open.addFirst(elector);
        }
    }
}
