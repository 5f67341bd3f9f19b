package dev.proffer.master.edge;

import dev.proffer.master.edge.agentlink.AgentLinkSettings;
import dev.proffer.master.edge.http.Authenticator;
import dev.proffer.master.edge.http.HttpSettings;
import dev.proffer.master.edge.writer.WriterSettings;
import dev.proffer.model.Moment;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a master is built from.
 *
 * @param authenticator finds out who HTTP clients are
 * @param cores makes the state of each term
 * @param time the clock of everything in this master
 * @param onFatal told once, with the reason, when this master must not go on: the program has to exit. Any thread.
 */
public record MasterNodeConfig(
        MasterIdentity identity,
        ElectionPlace election,
        HttpSettings http,
        Authenticator authenticator,
        AgentLinkSettings agents,
        WriterSettings writer,
        CoreFactory cores,
        Supplier<Moment> time,
        Vertx vertx,
        MeterRegistry meters,
        Consumer<String> onFatal) {}
