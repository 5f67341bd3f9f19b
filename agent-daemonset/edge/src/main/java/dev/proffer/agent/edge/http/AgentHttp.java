package dev.proffer.agent.edge.http;

import dev.proffer.agent.core.AgentSnapshot;
import dev.proffer.agent.edge.AgentHealth;
import dev.proffer.protocol.v1.AgentInfo;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /health}, {@code /version} and {@code /state}, the latter also as {@code /slave(1)/state}. */
public final class AgentHttp implements AutoCloseable {
    /** What is answered from. */
    public record View(
            AgentInfo info, String version, Supplier<AgentHealth> health, Supplier<AgentSnapshot> snapshot) {}

    private final HttpServer server;
    private volatile @Nullable View view;

    /**
     * Opens the port; 0 means any that is free. Until {@link #serve} everything is answered with 503.
     *
     * @throws IllegalStateException if the port cannot be had
     */
    public AgentHttp(Vertx vertx, String host, int port) {
        var options = new HttpServerOptions().setHost(host).setPort(port).setIdleTimeout(60);
        try {
            this.server = vertx.createHttpServer(options)
                    .requestHandler(this::answer)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return server.actualPort();
    }

    public void serve(View newView) {
        view = newView;
    }

    private void answer(HttpServerRequest request) {
        var serving = view;
        if (serving == null) {
            end(request, 503, "the agent is starting");
        } else {
            answer(request, serving);
        }
    }

    private static void answer(HttpServerRequest request, View serving) {
        switch (path(request)) {
            case "/health" -> {
                var health = serving.health().get();
                end(request, health.ready() ? 200 : 503, health.trouble());
            }
            case "/version" -> json(request, new JsonObject().put("version", serving.version()));
            case "/state", "/slave(1)/state" ->
                json(
                        request,
                        AgentState.of(
                                serving.info(),
                                serving.version(),
                                serving.snapshot().get()));
            default -> end(request, 404, "no such path; there are /health, /version and /state");
        }
    }

    /** The request's target may be in absolute form. */
    private static String path(HttpServerRequest request) {
        var uri = request.uri();
        try {
            return Objects.requireNonNullElse(
                    uri.startsWith("http://") ? URI.create(uri).getPath() : request.path(), "/");
        } catch (IllegalArgumentException malformed) {
            return uri;
        }
    }

    private static void json(HttpServerRequest request, JsonObject body) {
        if (isRead(request)) {
            request.response().putHeader("Content-Type", "application/json");
            var _ = request.response().end(body.encode());
        }
    }

    private static void end(HttpServerRequest request, int status, String text) {
        if (isRead(request)) {
            request.response().setStatusCode(status).putHeader("Content-Type", "text/plain");
            var _ = request.response().end(text);
        }
    }

    private static boolean isRead(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            return true;
        }
        request.response().setStatusCode(405).putHeader("Allow", "GET, HEAD");
        var _ = request.response().end("only GET and HEAD are answered here");
        return false;
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
