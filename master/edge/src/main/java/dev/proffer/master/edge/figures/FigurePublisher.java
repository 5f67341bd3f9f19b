package dev.proffer.master.edge.figures;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.framework.Framework;
import dev.proffer.crds.quota.Quota;
import dev.proffer.crds.reservation.Reservation;
import dev.proffer.crds.role.Role;
import dev.proffer.master.core.policy.ObjectName;
import dev.proffer.master.core.snapshot.DeclaredFrameworkSnapshot;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.core.snapshot.ReservationSnapshot;
import dev.proffer.master.core.snapshot.RoleSnapshot;
import dev.proffer.master.edge.policy.PolicyObjects;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Once a minute, while this master leads, brings the statuses of people's objects up to date. */
public final class FigurePublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FigurePublisher.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** A look whether this master leads by now. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StatusWriter writer;
    private final Supplier<Optional<PolicyObjects>> objects;
    private final Supplier<Optional<LeaderView>> leader;
    private final Supplier<Moment> time;
    private volatile @Nullable Thread thread;

    /**
     * @param objects as last seen
     * @param leader empty while this master does not lead
     */
    public FigurePublisher(
            KubernetesClient client,
            Supplier<Optional<PolicyObjects>> objects,
            Supplier<Optional<LeaderView>> leader,
            Supplier<Moment> time) {
        this.writer = new StatusWriter(client);
        this.objects = objects;
        this.leader = leader;
        this.time = time;
    }

    public void start() {
        thread = Thread.ofVirtual().name("figures").start(this::run);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(publish() ? INTERVAL : LOOK);
            }
        } catch (InterruptedException closed) {
            LOG.debug("figures are no longer published");
        }
    }

    /** Whether there was something to publish. */
    private boolean publish() throws InterruptedException {
        var seen = objects.get();
        var leading = leader.get();
        if (seen.isEmpty() || leading.isEmpty()) {
            return false;
        }
        try {
            var snapshot = leading.get()
                    .snapshot()
                    .toCompletableFuture()
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            publish(seen.get(), leading.get(), snapshot);
            return true;
        } catch (RuntimeException later) {
            LOG.warn("figures could not be published: {}", String.valueOf(later.getMessage()));
            return false;
        }
    }

    private void publish(PolicyObjects seen, LeaderView leading, MasterSnapshot snapshot) throws InterruptedException {
        var now = time.get().wall();
        cluster(seen.cluster(), leading, snapshot);
        var roles = snapshot.policy().roles().stream()
                .collect(Collectors.toMap(role -> role.path().value(), role -> role));
        for (var role : seen.roles()) {
            role(role, leading, Optional.ofNullable(roles.get(role.getSpec().path())));
        }
        for (var quota : seen.quotas()) {
            quota(quota, leading, Optional.ofNullable(roles.get(quota.getSpec().role())), now);
        }
        reservations(seen, leading, snapshot, now);
        frameworks(seen, leading, snapshot, now);
    }

    private void cluster(ProfferCluster object, LeaderView leading, MasterSnapshot snapshot)
            throws InterruptedException {
        var before = object.getStatus();
        writer.write(
                object,
                before,
                before == null ? null : before.term(),
                leading.term(),
                term -> ClusterStatuses.of(before, snapshot, term));
    }

    private void role(Role object, LeaderView leading, Optional<RoleSnapshot> role) throws InterruptedException {
        var before = object.getStatus();
        writer.write(
                object,
                before,
                before == null ? null : before.term(),
                leading.term(),
                term -> PolicyStatuses.role(before, role, term));
    }

    private void quota(Quota object, LeaderView leading, Optional<RoleSnapshot> role, Instant now)
            throws InterruptedException {
        var before = object.getStatus();
        writer.write(
                object,
                before,
                before == null ? null : before.term(),
                leading.term(),
                term -> PolicyStatuses.quota(before, role, now, term));
    }

    private void reservations(PolicyObjects seen, LeaderView leading, MasterSnapshot snapshot, Instant now)
            throws InterruptedException {
        Map<String, ReservationSnapshot> bound = snapshot.policy().reservations().stream()
                .collect(Collectors.toMap(ReservationSnapshot::name, reservation -> reservation));
        var names = new HashMap<AgentId, String>();
        snapshot.agents().forEach(agent -> names.put(agent.id(), agent.info().getHostname()));
        for (Reservation object : seen.reservations()) {
            var reservation = bound.get(object.getMetadata().getName());
            if (reservation != null) {
                var before = object.getStatus();
                writer.write(
                        object,
                        before,
                        before == null ? null : before.term(),
                        leading.term(),
                        term -> PolicyStatuses.reservation(
                                before, reservation, id -> names.getOrDefault(id, id.value()), now, term));
            }
        }
    }

    private void frameworks(PolicyObjects seen, LeaderView leading, MasterSnapshot snapshot, Instant now)
            throws InterruptedException {
        var declared = DeclaredFrameworkSnapshot.of(snapshot);
        var flows = new OfferFlows(leading, snapshot);
        for (Framework object : seen.frameworks()) {
            if (!isOf(object, seen.cluster())) {
                continue;
            }
            var name = new ObjectName(
                    object.getMetadata().getNamespace(), object.getMetadata().getName());
            var own = Optional.ofNullable(declared.get(name));
            var offers = flows.of(own);
            var before = object.getStatus();
            writer.write(
                    object,
                    before,
                    before == null ? null : before.term(),
                    leading.term(),
                    term -> FrameworkStatuses.of(before, own, offers, now, term));
        }
    }

    private static boolean isOf(Framework object, HasMetadata cluster) {
        var wanted = object.getSpec().cluster();
        var namespace = wanted.namespace() == null ? object.getMetadata().getNamespace() : wanted.namespace();
        return wanted.name().equals(cluster.getMetadata().getName())
                && namespace.equals(cluster.getMetadata().getNamespace());
    }

    @Override
    public void close() {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
