package dev.proffer.master.app;

import dev.proffer.master.edge.MasterHealth;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** What the probes of a master's pod ask. */
@ApplicationScoped
class MasterChecks {
    /** Down when the writer hangs: only a restart helps. */
    @Produces
    @Liveness
    HealthCheck live(MasterProgram program) {
        return () -> response("writer", program.health().map(MasterHealth::live).orElse(true));
    }

    /** Up while a client that asks here gets somewhere: this master leads, or knows who does. */
    @Produces
    @Readiness
    HealthCheck ready(MasterProgram program) {
        return () ->
                response("leader", program.health().map(MasterHealth::ready).orElse(false));
    }

    /** Down while a port shows a certificate that clients refuse, or a new one cannot be used. */
    @Produces
    @Readiness
    HealthCheck certificates(MasterProgram program) {
        return () -> {
            var problem = program.health().flatMap(MasterHealth::certificateProblem);
            var response = HealthCheckResponse.named("certificates").status(problem.isEmpty());
            problem.ifPresent(text -> response.withData("problem", text));
            return response.build();
        };
    }

    /** Up once it takes part in the election. */
    @Produces
    @Startup
    HealthCheck started(MasterProgram program) {
        return () ->
                response("election", program.health().map(MasterHealth::started).orElse(false));
    }

    private static HealthCheckResponse response(String name, boolean up) {
        return HealthCheckResponse.named(name).status(up).build();
    }
}
