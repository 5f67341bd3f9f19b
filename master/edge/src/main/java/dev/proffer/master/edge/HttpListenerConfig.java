package dev.proffer.master.edge;

import dev.proffer.master.edge.http.Authenticator;
import dev.proffer.master.edge.http.HttpSettings;
import dev.proffer.master.edge.tls.TlsFiles;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One port for HTTP clients, and how they reach it from outside.
 *
 * @param name tells listeners apart: the same one on every master
 * @param tls absent for plain text
 * @param authenticator finds out who this port's clients are
 * @param advertisedHost at which this port's clients reach this very master
 * @param advertisedPort if it is not the one that is listened on
 */
public record HttpListenerConfig(
        String name,
        HttpSettings http,
        Optional<TlsFiles> tls,
        Authenticator authenticator,
        String advertisedHost,
        OptionalInt advertisedPort) {}
