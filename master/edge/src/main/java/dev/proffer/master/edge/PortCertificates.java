package dev.proffer.master.edge;

import dev.proffer.master.edge.files.FileWatch;
import dev.proffer.master.edge.tls.ServerCertificate;
import dev.proffer.master.edge.tls.TlsFiles;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The certificates of a master's ports, watched while it runs. */
final class PortCertificates implements AutoCloseable {
    static final String AGENTS = "agents";

    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final Map<String, ServerCertificate> byPort = new TreeMap<>();
    private final List<Meter> meters = new ArrayList<>();
    private final MasterNodeConfig config;
    private final FileWatch watch;

    /** @throws IllegalStateException if one cannot be used */
    PortCertificates(MasterNodeConfig config) {
        this.config = config;
        config.listeners()
                .forEach(listener -> listener.tls()
                        .ifPresent(files -> open("the listener '" + listener.name() + "'", listener.name(), files)));
        config.agents().tls().ifPresent(files -> open("the agents' port", AGENTS, files));
        this.watch = FileWatch.start(
                LOOK_EVERY,
                byPort.values().stream().map(ServerCertificate::files).toList());
    }

    private void open(String port, String tag, TlsFiles files) {
        var certificate = ServerCertificate.open(port, files, config.vertx());
        byPort.put(tag, certificate);
        meters.add(Gauge.builder("proffer.master.certificate.expiry", certificate, this::secondsLeft)
                .description("Seconds until the certificate of a port expires; negative afterwards")
                .baseUnit("seconds")
                .tags(Tags.of("master", config.identity().name(), "port", tag))
                .register(config.meters()));
    }

    /** Absent for a port of plain text. */
    Optional<ServerCertificate> of(String port) {
        return Optional.ofNullable(byPort.get(port));
    }

    /** What clients will trip over, if anything. */
    Optional<String> problem() {
        var now = now();
        return byPort.values().stream()
                .flatMap(certificate -> certificate.problem(now).stream())
                .findFirst();
    }

    @Override
    public void close() {
        watch.close();
        meters.forEach(config.meters()::remove);
    }

    private double secondsLeft(ServerCertificate certificate) {
        return Duration.between(now(), certificate.expiry()).toMillis() / 1000.0;
    }

    private Instant now() {
        return config.time().get().wall();
    }
}
