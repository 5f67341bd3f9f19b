package dev.proffer.agent.app;

import dev.proffer.agent.edge.AgentConfig;
import dev.proffer.agent.edge.AgentHealth;
import dev.proffer.agent.edge.AgentNode;
import dev.proffer.agent.edge.NodeFacts;
import dev.proffer.agent.edge.cgroups.CgroupPath;
import dev.proffer.agent.edge.launcher.LauncherSource;
import dev.proffer.agent.edge.launcher.linux.LinuxConfig;
import dev.proffer.agent.edge.launcher.linux.LinuxLauncher;
import dev.proffer.agent.edge.launcher.posix.PosixLauncher;
import dev.proffer.agent.edge.link.LinkSecurity;
import dev.proffer.model.Attribute;
import dev.proffer.model.FaultDomain;
import dev.proffer.model.Moment;
import dev.proffer.model.Ranges;
import dev.proffer.model.Resources;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An agent in a process of its own. When it stops, its tasks go on, and the next one on the same state folder adopts them. */
@ApplicationScoped
class AgentProgram {
    private static final Logger LOG = LoggerFactory.getLogger(AgentProgram.class);

    private final AgentSettings settings;
    private final String version;
    private final Vertx vertx;
    private final MeterRegistry meters;
    private final long origin = System.nanoTime();
    private volatile @Nullable AgentNode node;

    @Inject
    AgentProgram(
            AgentSettings settings,
            @ConfigProperty(name = "quarkus.application.version") String version,
            Vertx vertx,
            MeterRegistry meters) {
        this.settings = settings;
        this.version = version;
        this.vertx = vertx;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) throws IOException {
        node = AgentNode.start(config());
    }

    void stop(@Observes ShutdownEvent event) {
        var running = node;
        if (running != null) {
            running.stop();
        }
    }

    /** Empty until it has taken up what its state folder holds. */
    Optional<AgentHealth> health() {
        return Optional.ofNullable(node).map(AgentNode::health);
    }

    private AgentConfig config() {
        return new AgentConfig(
                "agent",
                node(),
                settings.host(),
                settings.port(),
                settings.stateFolder(),
                Resources.parse(settings.resources()),
                forbiddenPorts(),
                version,
                settings.killGrace(),
                launcher(),
                this::leader,
                security(),
                this::now,
                vertx,
                meters,
                AgentProgram::exit);
    }

    private Ranges forbiddenPorts() {
        return settings.forbiddenPorts()
                .map(ranges -> "ports:[" + ranges + "]")
                .flatMap(text -> Resources.parse(text).ranges("ports"))
                .orElse(Ranges.NONE);
    }

    private NodeFacts node() {
        return new NodeFacts(
                settings.hostname(),
                settings.ip(),
                settings.pool().orElse(""),
                settings.attributes().map(Attribute::parse).orElse(List.of()),
                domain());
    }

    private LauncherSource launcher() {
        return switch (settings.launcher()) {
            case POSIX -> PosixLauncher::new;
            case LINUX -> LinuxLauncher.source(containers(settings.linux()));
        };
    }

    private static LinuxConfig containers(AgentSettings.Linux linux) {
        return new LinuxConfig(
                linux.runtime(),
                linux.monitor(),
                linux.init(),
                linux.toolbox(),
                linux.taskRoot(),
                linux.cgroupParent().map(CgroupPath::new),
                linux.inHolder(),
                linux.cpuQuota(),
                linux.pids(),
                linux.taskUser());
    }

    private Optional<InetSocketAddress> leader() {
        var address = new InetSocketAddress(
                settings.master().host(), settings.master().port());
        return Optional.of(address).filter(candidate -> !candidate.isUnresolved());
    }

    private LinkSecurity security() {
        var master = settings.master();
        if (master.plain() && master.certificateAuthority().isPresent()) {
            throw new IllegalArgumentException(
                    "proffer.agent.master.plain is true although there is a certificate-authority: set one of the two");
        }
        return new LinkSecurity(
                master.plain() ? Optional.empty() : Optional.of(new LinkSecurity.Tls(master.certificateAuthority())),
                settings.token());
    }

    private Optional<FaultDomain> domain() {
        if (settings.region().isPresent() != settings.zone().isPresent()) {
            throw new IllegalArgumentException(
                    "proffer.agent.region and proffer.agent.zone go together: set both or none");
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
