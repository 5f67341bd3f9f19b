package dev.proffer.local;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the cluster with the program, and says on standard output how to reach it. */
@ApplicationScoped
class LocalProgram {
    private static final Logger LOG = LoggerFactory.getLogger(LocalProgram.class);

    private final LocalSettings settings;
    private final String version;
    private final Vertx vertx;
    private final MeterRegistry meters;
    private volatile @Nullable LocalCluster cluster;

    @Inject
    LocalProgram(
            LocalSettings settings,
            @ConfigProperty(name = "quarkus.application.version") String version,
            Vertx vertx,
            MeterRegistry meters) {
        this.settings = settings;
        this.version = version;
        this.vertx = vertx;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) throws IOException {
        var started = LocalCluster.start(settings, version, vertx, meters, LocalProgram::exit);
        cluster = started;
        System.out.print("""
                master: http://127.0.0.1:%1$d
                try:    curl -N -H 'Content-Type: application/json' http://127.0.0.1:%1$d/api/v1/scheduler \
                -d '{"type":"SUBSCRIBE","subscribe":{"framework_info":{"user":"nobody","name":"curl"}}}'
                """.formatted(started.port()));
        System.out.flush();
    }

    void stop(@Observes ShutdownEvent event) {
        cluster().ifPresent(LocalCluster::stop);
    }

    /** Empty until it is ready. */
    Optional<LocalCluster> cluster() {
        return Optional.ofNullable(cluster);
    }

    private static void exit(String reason) {
        LOG.error("exiting: {}", reason);
        Quarkus.asyncExit(1);
    }
}
