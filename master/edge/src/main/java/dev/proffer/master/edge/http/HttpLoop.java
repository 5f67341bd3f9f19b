package dev.proffer.master.edge.http;

import dev.proffer.master.edge.tls.ServerCertificate;
import dev.proffer.model.Moment;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop's share of the HTTP port, with its connections. */
final class HttpLoop extends AbstractVerticle {
    private static final Logger LOG = LoggerFactory.getLogger(HttpLoop.class);

    private final HttpSettings settings;
    private final Optional<ServerCertificate> certificate;
    private final int port;
    private final Supplier<Moment> time;
    private final Map<String, Endpoint> endpoints;
    private final BodyBudget budget;
    private final AtomicInteger connectionsOfAll;
    private final IdentityHashMap<HttpConnection, Connection> connections = new IdentityHashMap<>();
    private volatile @Nullable HttpServer server;

    HttpLoop(
            HttpSettings settings,
            Optional<ServerCertificate> certificate,
            int port,
            Supplier<Moment> time,
            Map<String, Endpoint> endpoints,
            BodyBudget budget,
            AtomicInteger connectionsOfAll) {
        this.settings = settings;
        this.certificate = certificate;
        this.port = port;
        this.time = time;
        this.endpoints = endpoints;
        this.budget = budget;
        this.connectionsOfAll = connectionsOfAll;
    }

    @Override
    public void start(Promise<Void> started) {
        var options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(port)
                .setAcceptBacklog(4096)
                .setTcpKeepAlive(true)
                .setMaxInitialLineLength(settings.requestLineLimit())
                .setMaxHeaderSize(settings.headerLimit())
                .setHttp2ClearTextEnabled(false);
        certificate.ifPresent(shown -> shown.secure(options));
        var listening = vertx.createHttpServer(options)
                .connectionHandler(this::connected)
                .requestHandler(this::requested)
                .listen();
        listening.onSuccess(opened -> {
            server = opened;
            started.complete();
        });
        listening.onFailure(started::fail);
    }

    int port() {
        var opened = server;
        return opened == null ? port : opened.actualPort();
    }

    private void connected(HttpConnection http) {
        var connection = new Connection(vertx, http, settings.requestTimeout(), time);
        connections.put(http, connection);
        http.closeHandler(_ -> {
            connections.remove(http);
            connectionsOfAll.decrementAndGet();
        });
        if (connectionsOfAll.incrementAndGet() > settings.connectionsAtMost()) {
            LOG.warn("too many HTTP connections: hanging up remote={}", http.remoteAddress());
            connection.cut();
        } else {
            connection.expectNextStep();
        }
    }

    private void requested(HttpServerRequest request) {
        var connection = Optional.ofNullable(connections.get(request.connection()));
        if (connection.isEmpty()) {
            return; // Closed meanwhile.
        }
        connection.get().expectNextStep();
        var exchange = new Exchange(request, vertx.getOrCreateContext(), connection.get(), budget, settings);
        var endpoint = endpoints.get(exchange.path());
        if (endpoint == null) {
            exchange.answer(Answer.text(404, "There is nothing at this path."));
            return;
        }
        exchange.attempt(() -> endpoint.handle(exchange));
    }
}
