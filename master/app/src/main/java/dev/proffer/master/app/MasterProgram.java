package dev.proffer.master.app;

import dev.proffer.allocator.Allocator;
import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.HierarchicalAllocator;
import dev.proffer.master.core.MasterConfig;
import dev.proffer.master.core.policy.PolicySettings;
import dev.proffer.master.edge.CoreFactory;
import dev.proffer.master.edge.ElectionPlace;
import dev.proffer.master.edge.MasterHealth;
import dev.proffer.master.edge.MasterIdentity;
import dev.proffer.master.edge.MasterNode;
import dev.proffer.master.edge.MasterNodeConfig;
import dev.proffer.master.edge.policy.PolicyOrigin;
import dev.proffer.master.edge.policy.PolicyPlace;
import dev.proffer.master.edge.writer.WriterSettings;
import dev.proffer.model.FaultDomain;
import dev.proffer.model.Moment;
import io.fabric8.kubernetes.client.Config;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A master in a process of its own. It exits when it has lost the lead: its pod starts again as a standby. */
@ApplicationScoped
class MasterProgram {
    private static final Logger LOG = LoggerFactory.getLogger(MasterProgram.class);

    private final MasterSettings settings;
    private final String version;
    private final Vertx vertx;
    private final MeterRegistry meters;
    private final long origin = System.nanoTime();
    private volatile @Nullable Identities identities;
    private volatile @Nullable MasterNode node;

    @Inject
    MasterProgram(
            MasterSettings settings,
            @ConfigProperty(name = "quarkus.application.version") String version,
            Vertx vertx,
            MeterRegistry meters) {
        this.settings = settings;
        this.version = version;
        this.vertx = vertx;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        var kubernetes = Config.autoConfigure(null);
        var clients = new Identities(settings, kubernetes, vertx, meters, this::now);
        identities = clients;
        var opened = MasterNode.open(config(kubernetes, clients));
        node = opened;
        opened.listen();
        opened.start();
    }

    void stop(@Observes ShutdownEvent event) {
        var running = node;
        if (running != null) {
            running.stop();
        }
        var clients = identities;
        if (clients != null) {
            clients.close();
        }
    }

    /** Empty until the ports are open. */
    Optional<MasterHealth> health() {
        return Optional.ofNullable(node).map(MasterNode::health);
    }

    private MasterNodeConfig config(Config kubernetes, Identities believed) {
        return new MasterNodeConfig(
                new MasterIdentity(settings.name(), version, settings.cluster(), domain()),
                ElectionPlace.of(kubernetes, settings.namespace(), settings.lease(), settings.cluster()),
                Ports.listeners(settings, believed),
                Ports.agents(settings),
                believed.agents(settings),
                Ports.services(settings),
                WriterSettings.defaults(),
                policy(kubernetes),
                CoreFactory.of(MasterConfig.DEFAULTS.with(policySettings()), this::allocator),
                this::now,
                vertx,
                meters,
                MasterProgram::exit);
    }

    private PolicyOrigin policy(Config kubernetes) {
        return switch (settings.policy()) {
            case OPEN -> new PolicyOrigin.None();
            case OBJECTS -> new PolicyOrigin.Objects(new PolicyPlace(settings.namespace(), cluster()), kubernetes);
        };
    }

    private PolicySettings policySettings() {
        return switch (settings.policy()) {
            case OPEN -> PolicySettings.OPEN;
            case OBJECTS -> PolicySettings.CLOSED;
        };
    }

    private String cluster() {
        return settings.cluster()
                .orElseThrow(() -> new IllegalArgumentException("proffer.master.cluster is missing: name the"
                        + " ProfferCluster whose policy holds, or set proffer.master.policy to open"));
    }

    private Allocator allocator() {
        var config = domain().map(AllocatorConfig.DEFAULT::withDomain).orElse(AllocatorConfig.DEFAULT);
        return new HierarchicalAllocator(config, new SplittableRandom());
    }

    private Optional<FaultDomain> domain() {
        if (settings.region().isPresent() != settings.zone().isPresent()) {
            throw new IllegalArgumentException(
                    "proffer.master.region and proffer.master.zone go together: set both or none");
        }
        return settings.region().flatMap(region -> settings.zone().map(zone -> new FaultDomain(region, zone)));
    }

    private Moment now() {
        return new Moment(System.nanoTime() - origin, Instant.now());
    }

    private static void exit(String reason) {
        LOG.error("exiting: {}", reason);
        Quarkus.asyncExit(1);
    }
}
