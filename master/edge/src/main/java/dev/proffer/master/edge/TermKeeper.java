package dev.proffer.master.edge;

import dev.proffer.master.core.Leadership;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.edge.agentlink.TermWitness;
import dev.proffer.master.edge.election.ElectionListener;
import dev.proffer.master.edge.election.Standing;
import dev.proffer.master.edge.http.scheduler.CallWitness;
import dev.proffer.master.edge.registry.RegistrySettings;
import dev.proffer.master.edge.registry.TermRegistry;
import dev.proffer.model.Moment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins and ends terms as the election goes. The election's thread tells it where this master stands; any thread asks it
 * who leads.
 */
final class TermKeeper implements ElectionListener {
    private static final Logger LOG = LoggerFactory.getLogger(TermKeeper.class);

    private final MasterNodeConfig config;
    private final KubernetesClient client;
    private final MasterAddress address;
    private final AdvertisedAddresses addresses;
    private final String clusterUid;
    private final Predicate<Moment> mayAct;
    private final CallWitness calls;
    private final TermWitness witness;
    private final Runnable begun;

    /** Monotonic nanoseconds; of the present or coming term. */
    private long leaseUntil = Long.MIN_VALUE;

    private volatile @Nullable LeadingTerm current;
    private @Nullable LeadingTerm opening;
    private volatile KnownLeader leader = new KnownLeader.Nobody();
    private boolean over;

    /**
     * @param client for the registry of agents
     * @param mayAct whether this master leads at that moment
     * @param witness of terms that agents have obeyed
     * @param begun told when {@link #current()} is a new term
     */
    TermKeeper(
            MasterNodeConfig config,
            KubernetesClient client,
            MasterAddress address,
            AdvertisedAddresses addresses,
            String clusterUid,
            Predicate<Moment> mayAct,
            CallWitness calls,
            TermWitness witness,
            Runnable begun) {
        this.config = config;
        this.client = client;
        this.address = address;
        this.addresses = addresses;
        this.clusterUid = clusterUid;
        this.mayAct = mayAct;
        this.calls = calls;
        this.witness = witness;
        this.begun = begun;
    }

    @Override
    public void stand(Standing standing) {
        switch (standing) {
            case Standing.Leading(var term, var holder) -> begin(term, holder);
            case Standing.Following(var elsewhere) ->
                leader = elsewhere
                        .<KnownLeader>map(text -> new KnownLeader.Elsewhere(AdvertisedAddresses.parse(text)))
                        .orElseGet(KnownLeader.Nobody::new);
            case Standing.Lost(var reason) -> fail(reason);
        }
    }

    @Override
    public void confirmed(long until) {
        synchronized (this) {
            leaseUntil = until;
            current().ifPresent(term -> term.writer().put(new MasterInput.LeaseConfirmed(until)));
        }
    }

    Optional<LeadingTerm> current() {
        return Optional.ofNullable(current);
    }

    KnownLeader leader() {
        return leader;
    }

    /** Ends the term, if there is one, and begins no other; completes when agents have been told. */
    CompletableFuture<Void> end() {
        synchronized (this) {
            over = true;
        }
        return endCurrent();
    }

    private void begin(long number, String holder) {
        var _ = endCurrent();
        leader = new KnownLeader.Beginning();
        var masterId = UUID.randomUUID().toString();
        var leadership =
                new Leadership(number, holder, clusterUid, masterId, address.info(masterId, config.identity()));
        var registry =
                new TermRegistry(client, RegistrySettings.in(config.election().namespace()), number, config.time());
        var term = new LeadingTerm(
                leadership,
                config.cores().begin(leadership),
                config.writer(),
                config.time(),
                registry,
                mayAct,
                calls,
                witness,
                this::fail);
        synchronized (this) {
            if (over) {
                leader = new KnownLeader.Nobody();
                return;
            }
            opening = term;
        }
        LOG.info("term begun term={} holder={} master_id={} cluster_uid={}", number, holder, masterId, clusterUid);
        registry.begin(agents -> opened(term, agents), term.writer()::offer);
    }

    /** The registry was read, so that the term's state can begin. On the registry's thread. */
    private void opened(LeadingTerm term, List<RegisteredAgent> agents) {
        synchronized (this) {
            if (over || !term.equals(opening)) {
                return;
            }
            opening = null;
            term.start();
            term.writer().put(new MasterInput.LeaseConfirmed(leaseUntil));
            term.writer().put(new MasterInput.RegistryRead(agents));
            current = term;
            leader = new KnownLeader.Here(addresses);
        }
        begun.run();
        LOG.info("registry read term={} agents={}", term.term(), agents.size());
    }

    /** Outside the lock, since the writer's thread, which it waits for, may be about to fail. */
    private CompletableFuture<Void> endCurrent() {
        LeadingTerm ending;
        synchronized (this) {
            ending = current == null ? opening : current;
            current = null;
            opening = null;
            leader = new KnownLeader.Nobody();
        }
        if (ending == null) {
            return CompletableFuture.completedFuture(null);
        }
        LOG.info("term ends term={}", ending.term());
        return ending.end();
    }

    private void fail(String reason) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        LOG.error("this master must not go on: {}", reason);
        var _ = endCurrent();
        config.onFatal().accept(reason);
    }
}
