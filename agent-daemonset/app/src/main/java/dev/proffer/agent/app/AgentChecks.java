package dev.proffer.agent.app;

import dev.proffer.agent.edge.AgentHealth;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** What the probes of an agent's pod ask. */
@ApplicationScoped
class AgentChecks {
    /** Down when the writer hangs: only a restart helps, and tasks survive it. */
    @Produces
    @Liveness
    HealthCheck live(AgentProgram program) {
        return () -> response("writer", program.health().map(AgentHealth::live).orElse(true));
    }

    /** Up while it is registered with a master and can run tasks. */
    @Produces
    @Readiness
    HealthCheck ready(AgentProgram program) {
        return () -> HealthCheckResponse.named("registered")
                .status(program.health().map(AgentHealth::ready).orElse(false))
                .withData("trouble", program.health().map(AgentHealth::trouble).orElse("starting"))
                .build();
    }

    /** Up once it has taken up what its state folder holds. */
    @Produces
    @Startup
    HealthCheck started(AgentProgram program) {
        return () ->
                response("recovered", program.health().map(AgentHealth::started).orElse(false));
    }

    private static HealthCheckResponse response(String name, boolean up) {
        return HealthCheckResponse.named(name).status(up).build();
    }
}
