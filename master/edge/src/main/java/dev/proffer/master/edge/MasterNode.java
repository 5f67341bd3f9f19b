package dev.proffer.master.edge;

import dev.proffer.master.core.explanations.Explained;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.edge.agentlink.AgentListener;
import dev.proffer.master.edge.election.ClusterUid;
import dev.proffer.master.edge.election.ElectionSettings;
import dev.proffer.master.edge.election.Elector;
import dev.proffer.master.edge.election.LeaseClients;
import dev.proffer.master.edge.endpoints.LeaderEndpoints;
import dev.proffer.master.edge.http.HttpListener;
import dev.proffer.master.edge.http.LeaderGate;
import dev.proffer.master.edge.http.operator.FileReaders;
import dev.proffer.master.edge.http.operator.MasterFacts;
import dev.proffer.master.edge.policy.PolicyOrigin;
import dev.proffer.master.edge.sandboxes.FileRead;
import dev.proffer.master.edge.tls.ServerCertificate;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.link.ReadFile;
import dev.proffer.protocol.link.TermHolder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A master: takes part in the election, and while it leads decides who is offered what. All that it needs is in its
 * configuration and nothing is static, so several fit in one process. Its methods may block for some seconds.
 *
 * <pre>
 *   open (agents' port) ──▶ listen (HTTP port) and start (election), in any order ──▶ stop
 * </pre>
 */
public final class MasterNode {
    private static final Logger LOG = LoggerFactory.getLogger(MasterNode.class);
    private static final long TERM_END_PATIENCE_SECONDS = 3;

    /** A writer that has not come round for so long hangs. */
    private static final Duration HANGING = Duration.ofMinutes(2);

    private final MasterNodeConfig config;
    private final String holder;
    private final MasterMetrics metrics;
    private final PortCertificates certificates;
    private final AgentListener agents;
    private final KubernetesClient leaseClient;
    private final PolicyFeed policy;
    private final KubernetesClient apiClient;
    private final LeaderEndpoints endpoints;
    private final Moment openedAt;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private final Map<String, HttpListener> http = new ConcurrentHashMap<>();
    private volatile @Nullable TermKeeper keeper;
    private volatile @Nullable Elector elector;
    private volatile @Nullable Thread campaign;

    private MasterNode(MasterNodeConfig config) {
        this.config = config;
        this.openedAt = config.time().get();
        this.holder = config.identity().name() + "_" + UUID.randomUUID();
        this.metrics = new MasterMetrics(config, this::current);
        this.certificates = new PortCertificates(config);
        this.agents = AgentListener.open(
                config.agents(),
                certificates.of(PortCertificates.AGENTS).map(ServerCertificate::sslContext),
                config.agentAuthenticator(),
                () -> current().map(LeadingTerm::links));
        this.policy = new PolicyFeed(config, this::current);
        var place = config.election();
        this.apiClient = ApiClients.open(place.kubernetes(), config.vertx());
        this.leaseClient = LeaseClients.open(place.kubernetes(), config.vertx());
        this.endpoints = new LeaderEndpoints(
                LeaseClients.open(place.kubernetes(), config.vertx()),
                place.namespace(),
                config.services(),
                this::portOf);
    }

    /** Opens the agents' port, on which nothing is served before this master leads. */
    public static MasterNode open(MasterNodeConfig config) {
        return new MasterNode(config);
    }

    /** Opens the HTTP ports. Before {@link #start()} if any free port will do, since the election advertises it. */
    public void listen() {
        var facts = new MasterFacts(
                config.identity().version(), openedAt.wall(), config.identity().cluster());
        for (var listener : config.listeners()) {
            var routes = HttpRoutes.of(
                    listener.authenticator(),
                    new LeaderGate(() -> leader().at(listener.name())),
                    facts,
                    () -> health().ready(),
                    () -> current().map(LeadingTerm::streams),
                    this::snapshot,
                    this::explain,
                    this::readFile,
                    fileReaders());
            var certificate = certificates.of(listener.name());
            var opened = HttpListener.open(config.vertx(), listener.http(), certificate, config.time(), routes);
            http.put(listener.name(), opened);
            LOG.info(
                    "listening for clients listener={} port={} tls={}",
                    listener.name(),
                    opened.port(),
                    certificate.isPresent());
        }
    }

    /** Begins to take part in the election. */
    public void start() {
        var first = config.listeners().getFirst();
        var address = MasterAddress.resolve(
                first.advertisedHost(), first.advertisedPort().orElseGet(this::httpPort));
        var addresses = new LinkedHashMap<String, String>();
        config.listeners().forEach(listener -> addresses.put(listener.name(), advertised(listener)));
        policy.start();
        campaign =
                Thread.ofVirtual().name("campaign").start(() -> campaign(address, AdvertisedAddresses.of(addresses)));
    }

    private String advertised(HttpListenerConfig listener) {
        int port = listener.advertisedPort().orElseGet(() -> httpPort(listener));
        return MasterAddress.hostAndPort(listener.advertisedHost(), port);
    }

    /**
     * Ends in order: agents are told that the term is over, streams end, the Lease is released, ports close. For SIGTERM;
     * a second call does nothing.
     */
    public void stop() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        var campaigning = campaign;
        if (campaigning != null) {
            campaigning.interrupt();
        }
        var terms = keeper;
        var told = terms == null ? CompletableFuture.<Void>completedFuture(null) : terms.end();
        var election = elector;
        if (election != null) {
            election.close(); // Nothing of this term acts any more, so the next leader need not wait for slow agents.
        }
        awaitBriefly(told);
        http.values().forEach(HttpListener::close);
        agents.close();
        certificates.close();
        policy.close();
        apiClient.close();
        endpoints.close();
        leaseClient.close();
        metrics.close();
    }

    /**
     * The port of the first listener.
     *
     * @throws IllegalStateException if any free port is to be used and it is not open yet
     */
    public int httpPort() {
        return httpPort(config.listeners().getFirst());
    }

    private int portOf(String name) {
        return name.equals(PortCertificates.AGENTS)
                ? agentPort()
                : config.listeners().stream()
                        .filter(listener -> listener.name().equals(name))
                        .mapToInt(this::httpPort)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("there is no listener '" + name + "'"));
    }

    private int httpPort(HttpListenerConfig listener) {
        var opened = http.get(listener.name());
        if (opened != null) {
            return opened.port();
        }
        if (listener.http().port() == 0) {
            throw new IllegalStateException("the port of the listener '" + listener.name()
                    + "' is not known before it is open: listen first, or set it");
        }
        return listener.http().port();
    }

    public int agentPort() {
        return agents.port();
    }

    /** Any thread; does not block. */
    public MasterHealth health() {
        var now = config.time().get();
        boolean hangs = current()
                .map(term -> now.reached(term.writer().figures().lastTurn().deadline(HANGING)))
                .orElse(false);
        boolean ready = leader().isKnown();
        return new MasterHealth(!hangs, ready, elector != null, current().isPresent(), certificates.problem());
    }

    private CompletionStage<Explained> explain(
            FrameworkId framework, Optional<RolePath> role, Optional<AgentId> agent) {
        return current()
                .map(term -> term.explanations().ask(framework, role, agent))
                .orElseGet(MasterNode::notLeading);
    }

    private CompletionStage<FileRead> readFile(AgentId agent, ReadFile.Builder request) {
        return current().map(term -> term.links().files().read(agent, request)).orElseGet(MasterNode::notLeading);
    }

    private FileReaders fileReaders() {
        return switch (config.policy()) {
            case PolicyOrigin.None() -> FileReaders.anybody();
            case PolicyOrigin.Objects(var place, var _) -> FileReaders.ofCluster(place.namespace());
        };
    }

    private static <T> CompletionStage<T> notLeading() {
        return CompletableFuture.failedStage(new RejectedExecutionException("this master does not lead"));
    }

    /** What this master knows; fails unless it leads. Any thread; completes on one that must not be held up. */
    public CompletionStage<MasterSnapshot> snapshot() {
        return current().map(term -> term.writer().snapshot()).orElseGet(MasterNode::notLeading);
    }

    private void campaign(MasterAddress address, AdvertisedAddresses addresses) {
        try {
            var place = config.election();
            var clusterUid = ClusterUid.await(leaseClient, place.namespace());
            var settings = new ElectionSettings(
                    holder,
                    addresses.text(),
                    place.leaseDuration(),
                    place.renewDeadline(),
                    place.retry(),
                    /* knownTerm= */ 0);
            var terms = new TermKeeper(
                    config,
                    apiClient,
                    address,
                    addresses,
                    clusterUid,
                    this::mayAct,
                    metrics,
                    this::termSeen,
                    this::termBegun);
            keeper = terms;
            var election = Elector.overLease(
                    leaseClient, place.namespace(), place.lease(), place.cluster(), settings, config.time(), terms);
            elector = election;
            election.start();
        } catch (InterruptedException stopped) {
            LOG.debug("stopped before the election");
        }
    }

    private void termBegun() {
        policy.publish();
        current().map(LeadingTerm::term).ifPresent(endpoints::lead);
    }

    private boolean mayAct(Moment now) {
        var election = elector;
        return election != null && election.mayAct(now);
    }

    private void termSeen(TermHolder accepted) {
        var election = elector;
        if (election != null) {
            election.termSeen(accepted.getTerm(), accepted.getHolder());
        }
    }

    private Optional<LeadingTerm> current() {
        return Optional.ofNullable(keeper).flatMap(TermKeeper::current);
    }

    private KnownLeader leader() {
        var terms = keeper;
        return terms == null ? new KnownLeader.Nobody() : terms.leader();
    }

    private static void awaitBriefly(CompletableFuture<Void> ending) {
        try {
            ending.orTimeout(TERM_END_PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (RuntimeException late) {
            LOG.warn("not all agents could be told that the term is over: {}", late.toString());
        }
    }
}
