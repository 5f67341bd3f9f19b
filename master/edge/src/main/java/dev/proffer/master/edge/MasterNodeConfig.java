package dev.proffer.master.edge;

import dev.proffer.master.edge.agentlink.AgentAuthenticator;
import dev.proffer.master.edge.agentlink.AgentLinkSettings;
import dev.proffer.master.edge.endpoints.ServedServices;
import dev.proffer.master.edge.policy.PolicyOrigin;
import dev.proffer.master.edge.writer.WriterSettings;
import dev.proffer.model.Moment;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a master is built from.
 *
 * @param listeners at least one, each with a name of its own; the first one's address is the master's
 * @param policy where policy comes from
 * @param agentAuthenticator finds out who agents are
 * @param services that are to lead here while this master leads
 * @param cores makes the state of each term
 * @param time the clock of everything in this master
 * @param onFatal told once, with the reason, when this master must not go on: the program has to exit. Any thread.
 */
public record MasterNodeConfig(
        MasterIdentity identity,
        ElectionPlace election,
        List<HttpListenerConfig> listeners,
        AgentLinkSettings agents,
        AgentAuthenticator agentAuthenticator,
        ServedServices services,
        WriterSettings writer,
        PolicyOrigin policy,
        CoreFactory cores,
        Supplier<Moment> time,
        Vertx vertx,
        MeterRegistry meters,
        Consumer<String> onFatal) {

    public MasterNodeConfig {
        listeners = List.copyOf(listeners);
        if (listeners.isEmpty()) {
            throw new IllegalArgumentException("there is no listener; name at least one, or nobody reaches the master");
        }
        if (listeners.stream().map(HttpListenerConfig::name).distinct().count() < listeners.size()) {
            throw new IllegalArgumentException("two listeners have one name; each needs a name of its own");
        }
        if (listeners.stream().anyMatch(listener -> listener.name().equals(PortCertificates.AGENTS))) {
            throw new IllegalArgumentException("a listener is called '" + PortCertificates.AGENTS
                    + "', as the agents' port is; choose another name");
        }
    }
}
