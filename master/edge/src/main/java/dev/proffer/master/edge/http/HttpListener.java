package dev.proffer.master.edge.http;

import dev.proffer.master.edge.tls.ServerCertificate;
import dev.proffer.model.Moment;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The master's HTTP port: several event loops of the given Vert.x that share it. Opening and closing block, so they are
 * not for event loops.
 */
public final class HttpListener implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final Vertx vertx;
    private final List<String> deployments = new ArrayList<>();
    private final int port;

    private HttpListener(
            Vertx vertx,
            HttpSettings settings,
            Optional<ServerCertificate> certificate,
            Supplier<Moment> time,
            Map<String, Endpoint> endpoints) {
        this.vertx = vertx;
        var budget = new BodyBudget(settings.unansweredBodiesLimit());
        var connections = new AtomicInteger();
        int asked = settings.port() == 0 ? anyFreePort() : settings.port();
        var loops = new ArrayList<HttpLoop>();
        for (int i = 0; i < settings.eventLoops(); i++) {
            var loop = new HttpLoop(settings, certificate, asked, time, endpoints, budget, connections);
            loops.add(loop);
            deploy(loop);
        }
        this.port = loops.getFirst().port();
    }

    /** To Vert.x a negative number means a free port that all who name the same number share. */
    private static int anyFreePort() {
        return -ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    }

    /**
     * Opens the port.
     *
     * @param certificate absent for plain text
     * @param endpoints by exact path
     * @throws IllegalStateException if the port cannot be had
     */
    public static HttpListener open(
            Vertx vertx,
            HttpSettings settings,
            Optional<ServerCertificate> certificate,
            Supplier<Moment> time,
            Map<String, Endpoint> endpoints) {
        return new HttpListener(vertx, settings, certificate, time, endpoints);
    }

    public int port() {
        return port;
    }

    /** Closes the port and all connections. */
    @Override
    public void close() {
        for (var deployment : deployments) {
            await("closing the HTTP port", vertx.undeploy(deployment));
        }
        deployments.clear();
    }

    private void deploy(HttpLoop loop) {
        deployments.add(await("opening the HTTP port", vertx.deployVerticle(loop)));
    }

    private static <T> T await(String what, Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(what + ": " + failed.getMessage(), failed);
        } catch (TimeoutException late) {
            throw new IllegalStateException(what + " took more than " + PATIENCE_SECONDS + " s", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(what + " was interrupted", interrupted);
        }
    }
}
