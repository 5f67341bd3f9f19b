package dev.proffer.local;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** What {@code /q/health/live}, {@code /ready} and {@code /started} say. */
@ApplicationScoped
class LocalHealth {
    /** Down when a part hangs: only a restart helps. */
    @Produces
    @Liveness
    HealthCheck live(LocalProgram program) {
        return () ->
                response("turning", program.cluster().map(LocalCluster::isLive).orElse(true));
    }

    /** Up while the master leads and every agent is registered. */
    @Produces
    @Readiness
    HealthCheck ready(LocalProgram program) {
        return () ->
                response("serving", program.cluster().map(LocalCluster::isReady).orElse(false));
    }

    /** Up once the cluster has been ready for the first time. */
    @Produces
    @Startup
    HealthCheck started(LocalProgram program) {
        return () -> response("started", program.cluster().isPresent());
    }

    private static HealthCheckResponse response(String name, boolean up) {
        return HealthCheckResponse.named(name).status(up).build();
    }
}
