package dev.proffer.master.edge.election;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@code coordination.k8s.io/v1} Lease; term and address are annotations, so that they stay when the holder goes. Writes
 * are compared by resource version. The client must give up by itself within a few seconds and must not retry. Confined
 * to one thread.
 */
final class KubernetesLeaseStore implements LeaseStore {
    static final String TERM = "proffer.dev/term";
    static final String ADDRESS = "proffer.dev/address";

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final InstantSource wallClock;

    private @Nullable LeaseWatch watching;

    /** As last seen: what others wrote into it (labels, say) stays when it is replaced. */
    private @Nullable Lease last;

    KubernetesLeaseStore(KubernetesClient client, String namespace, String name, InstantSource wallClock) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
        this.wallClock = wallClock;
    }

    @Override
    public void whenFree(Runnable then) {
        watching = new LeaseWatch(then);
    }

    @Override
    public ElectionInput read() {
        return answerOf(() -> {
            if (watching != null) {
                watching.ensure(client.leases().inNamespace(namespace).withName(name));
            }
            last = client.leases().inNamespace(namespace).withName(name).get();
            return last == null ? new ElectionInput.Absent() : new ElectionInput.Found(record(last));
        });
    }

    @Override
    public ElectionInput create(LeaseClaim claim) {
        var blank = new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build();
        return answerOf(() -> {
            last = client.resource(claimed(blank, claim)).create();
            return new ElectionInput.Written(record(last));
        });
    }

    @Override
    public ElectionInput replace(String version, LeaseClaim claim) {
        var lease = last;
        if (lease == null || !version.equals(lease.getMetadata().getResourceVersion())) {
            return new ElectionInput.Conflict();
        }
        return answerOf(() -> {
            last = client.resource(claimed(lease, claim)).update();
            return new ElectionInput.Written(record(last));
        });
    }

    private Lease claimed(Lease lease, LeaseClaim claim) {
        var spec = Optional.ofNullable(lease.getSpec());
        boolean sameHolder =
                spec.map(s -> claim.holder().equals(s.getHolderIdentity())).orElse(false);
        int transitions = spec.map(s -> s.getLeaseTransitions()).orElse(0);
        var now = ZonedDateTime.ofInstant(wallClock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
        return new LeaseBuilder(lease)
                .editMetadata()
                .addToAnnotations(TERM, Long.toString(claim.term()))
                .addToAnnotations(ADDRESS, claim.address())
                .endMetadata()
                .editOrNewSpec()
                .withHolderIdentity(claim.holder())
                .withLeaseDurationSeconds(
                        Math.max(1, Math.toIntExact(claim.duration().toSeconds())))
                .withAcquireTime(sameHolder ? spec.map(s -> s.getAcquireTime()).orElse(now) : now)
                .withRenewTime(now)
                .withLeaseTransitions(sameHolder ? transitions : transitions + 1)
                .endSpec()
                .build();
    }

    private static LeaseRecord record(Lease lease) {
        var annotations = lease.getMetadata().getAnnotations();
        var spec = Optional.ofNullable(lease.getSpec());
        return new LeaseRecord(
                lease.getMetadata().getResourceVersion(),
                spec.map(s -> s.getHolderIdentity()).orElse(""),
                Duration.ofSeconds(spec.map(s -> s.getLeaseDurationSeconds()).orElse(0)),
                term(annotations == null ? null : annotations.get(TERM)),
                annotations == null ? "" : annotations.getOrDefault(ADDRESS, ""),
                spec.map(s -> s.getRenewTime()).map(Objects::toString).orElse(""));
    }

    /** A term that a person has spoilt counts as none: what agents have obeyed still forbids a lower one. */
    private static long term(@Nullable String text) {
        try {
            return text == null ? 0 : Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException spoilt) {
            return 0;
        }
    }

    private static ElectionInput answerOf(Supplier<ElectionInput> request) {
        try {
            return request.get();
        } catch (KubernetesClientException problem) {
            return switch (problem.getCode()) {
                // Gone between look and write, there already, or of another version.
                case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT -> new ElectionInput.Conflict();
                default -> new ElectionInput.Unanswered(wordsOf(problem));
            };
        }
    }

    /** When nothing was answered at all, only the cause says why. */
    private static String wordsOf(KubernetesClientException problem) {
        var cause = problem.getCause();
        return cause == null ? String.valueOf(problem.getMessage()) : problem.getMessage() + " " + cause.getMessage();
    }
}
