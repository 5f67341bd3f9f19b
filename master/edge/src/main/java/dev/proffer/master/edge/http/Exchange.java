package dev.proffer.master.edge.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer. Confined to its {@link #context()}. Whatever of the body has not been read when the answer is
 * given is thrown away.
 */
public final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final HttpServerRequest request;
    private final Context context;
    private final Connection connection;
    private final BodyBudget budget;
    private final HttpSettings settings;

    private Runnable whenClosed = () -> {};
    private long taken;
    private boolean waitsForLeave;
    private boolean over;
    private boolean gone;

    Exchange(
            HttpServerRequest request,
            Context context,
            Connection connection,
            BodyBudget budget,
            HttpSettings settings) {
        this.request = request;
        this.context = context;
        this.connection = connection;
        this.budget = budget;
        this.settings = settings;
        this.waitsForLeave = "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
        request.response().closeHandler(_ -> closed());
        request.exceptionHandler(_ -> closed());
    }

    /** Where all calls to this exchange belong. Any thread. */
    public Context context() {
        return context;
    }

    /** What holds for its listener. */
    public HttpSettings settings() {
        return settings;
    }

    public String method() {
        return request.method().name();
    }

    public String path() {
        var path = request.path();
        return path == null ? "" : path;
    }

    /** As the client sent it, without scheme and host if it named them. */
    public String pathAndQuery() {
        var query = request.query();
        return query == null ? path() : path() + "?" + query;
    }

    /** A header by its name in any case; several lines of it are one list. */
    public Optional<String> header(String name) {
        var values = request.headers().getAll(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** Runs one step of the way to the answer; should it fail, that is the answer. */
    public void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException defect) {
            LOG.error("request failed method={} path={}", method(), path(), defect);
            answer(Answer.text(500, "The master failed to answer; its log says why."));
        }
    }

    /** Reads nothing of the body until {@link #readBody}, for whoever has to wait for something first. */
    public void pause() {
        request.pause();
    }

    /** Reads the whole body; one that is too large, or for which there is no room, is answered here. */
    public void readBody(Consumer<byte[]> then) {
        if (declaredLength() > settings.bodyLimit()) {
            refuseBody();
            return;
        }
        if (waitsForLeave) {
            waitsForLeave = false;
            request.response().writeContinue();
        }
        var body = Buffer.buffer();
        request.handler(part -> {
            if (!over) {
                append(body, part);
            }
        });
        request.endHandler(_ -> {
            if (!over) {
                connection.expectNothing();
                attempt(() -> then.accept(body.getBytes()));
            }
        });
        request.resume();
    }

    private long declaredLength() {
        try {
            var declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
            return declared == null ? 0 : Long.parseLong(declared);
        } catch (NumberFormatException absurd) {
            return Long.MAX_VALUE;
        }
    }

    private void append(Buffer body, Buffer part) {
        if (body.length() + part.length() > settings.bodyLimit()) {
            refuseBody();
        } else if (!budget.take(part.length())) {
            answer(Answer.unavailable("The master is overloaded: too many requests wait for their answers."));
        } else {
            taken += part.length();
            body.appendBuffer(part);
        }
    }

    private void refuseBody() {
        answer(Answer.text(413, "The body is larger than " + settings.bodyLimit() + " bytes."));
    }

    /** Answers, once; nothing happens if the client has gone. */
    public void answer(Answer answer) {
        if (over) {
            return;
        }
        finish();
        var response = request.response().setStatusCode(answer.status());
        answer.headers().forEach(header -> response.headers().add(header.getKey(), header.getValue()));
        if (waitsForLeave) {
            // Nobody knows whether the body follows now.
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        response.end(answer.body());
        request.resume();
        connection.expectNextStep();
    }

    /**
     * Answers with a stream of chunks instead, which the caller writes, and ends with {@link #streamEnded}. Empty if the
     * client has gone.
     */
    public Optional<HttpServerResponse> stream(String contentType) {
        if (over) {
            return Optional.empty();
        }
        releaseBody();
        connection.expectNothing();
        return Optional.of(request.response().setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, contentType));
    }

    /** The stream's last byte was written. */
    public void streamEnded() {
        if (!over) {
            finish();
            connection.expectNextStep();
        }
    }

    /** Hangs up at once. */
    public void cut() {
        connection.cut();
    }

    /** Runs {@code then} when the client goes before its answer is complete; at once if it has gone already. */
    public void whenClosed(Runnable then) {
        whenClosed = then;
        if (gone) {
            then.run();
        }
    }

    private void closed() {
        if (!over) {
            gone = true;
            finish();
            whenClosed.run();
        }
    }

    private void finish() {
        over = true;
        releaseBody();
    }

    private void releaseBody() {
        budget.giveBack(taken);
        taken = 0;
    }
}
