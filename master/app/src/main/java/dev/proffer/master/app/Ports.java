package dev.proffer.master.app;

import dev.proffer.master.edge.HttpListenerConfig;
import dev.proffer.master.edge.agentlink.AgentLinkSettings;
import dev.proffer.master.edge.endpoints.ServedServices;
import dev.proffer.master.edge.http.HttpSettings;
import dev.proffer.master.edge.tls.TlsFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;

/** The master's ports as they are set. What would be open by mistake is refused. */
final class Ports {
    private static final String AGENTS = "agents";
    private static final String PREFIX = "proffer.master.";

    private Ports() {}

    /** @throws IllegalArgumentException if there is none, or one is neither secure nor said to be plain */
    static List<HttpListenerConfig> listeners(MasterSettings settings, Identities identities) {
        if (settings.listeners().isEmpty()) {
            throw new IllegalArgumentException(PREFIX + "listeners is empty: nobody would reach the master; set for"
                    + " example " + PREFIX + "listeners.internal.certificate and .key");
        }
        return settings.listeners().entrySet().stream()
                .sorted(Entry.comparingByKey())
                .map(entry -> listener(entry.getKey(), entry.getValue(), identities))
                .toList();
    }

    /** @throws IllegalArgumentException if it is neither secure nor said to be plain */
    static AgentLinkSettings agents(MasterSettings settings) {
        var agents = settings.agents();
        return AgentLinkSettings.on(
                agents.host(), agents.port(), tls(AGENTS, agents.certificate(), agents.key(), agents.plain()));
    }

    static ServedServices services(MasterSettings settings) {
        var services = new HashMap<String, String>();
        settings.listeners()
                .forEach((name, listener) -> listener.service().ifPresent(service -> services.put(name, service)));
        settings.agents().service().ifPresent(service -> services.put(AGENTS, service));
        return ServedServices.of(settings.address(), services);
    }

    private static HttpListenerConfig listener(String name, MasterSettings.Listener listener, Identities identities) {
        return new HttpListenerConfig(
                name,
                HttpSettings.on(listener.host(), listener.port()),
                tls("listeners." + name, listener.certificate(), listener.key(), listener.plain()),
                identities.authenticator(PREFIX + "listeners." + name + ".authentication", listener.authentication()),
                listener.advertisedHost(),
                listener.advertisedPort());
    }

    private static Optional<TlsFiles> tls(String port, Optional<Path> certificate, Optional<Path> key, boolean plain) {
        var name = PREFIX + port;
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException(name + ".certificate and " + name
                    + ".key go together: set both, or neither and " + name + ".plain");
        }
        if (certificate.isPresent() == plain) {
            throw new IllegalArgumentException(
                    plain
                            ? name + ".plain is true although there is a certificate: set one of the two"
                            : name + " has no certificate: set " + name + ".certificate and " + name + ".key, or "
                                    + name + ".plain=true for a port without TLS");
        }
        return certificate.flatMap(chain -> key.map(its -> new TlsFiles(chain, its)));
    }
}
