package dev.proffer.master.edge.http;

import dev.proffer.model.Moment;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A client's connection and the time it has for its next step: it may be idle for a while between requests, but it may not
 * dribble. Confined to the connection's event loop.
 */
final class Connection {
    private final Vertx vertx;
    private final HttpConnection http;
    private final Duration patience;
    private final Supplier<Moment> time;
    private long deadline = Long.MAX_VALUE;
    private boolean ticking;

    Connection(Vertx vertx, HttpConnection http, Duration patience, Supplier<Moment> time) {
        this.vertx = vertx;
        this.http = http;
        this.patience = patience;
        this.time = time;
    }

    /** The client has to come to its next step within the patience. */
    void expectNextStep() {
        deadline = time.get().deadline(patience);
        if (!ticking) {
            tickIn(patience.toNanos());
        }
    }

    /** It is the master's turn. */
    void expectNothing() {
        deadline = Long.MAX_VALUE;
    }

    /** Closes at once, whatever waits to be written: a client that does not read would keep a polite close waiting. */
    void cut() {
        if (http instanceof ConnectionBase connection) {
            var _ = connection.channel().close();
        } else {
            var _ = http.close();
        }
    }

    /** A step is never due before an earlier one was, so a timer that is set need not be set anew. */
    private void tickIn(long nanos) {
        ticking = true;
        vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), _ -> tick());
    }

    private void tick() {
        ticking = false;
        var now = time.get();
        if (now.reached(deadline)) {
            cut();
        } else if (deadline != Long.MAX_VALUE) {
            tickIn(deadline - now.nanos());
        }
    }
}
