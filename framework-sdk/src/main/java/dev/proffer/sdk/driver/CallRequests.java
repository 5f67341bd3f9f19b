package dev.proffer.sdk.driver;

import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.sdk.SchedulerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends calls as HTTP requests. Safe for use by many threads. */
final class CallRequests {
    static final String STREAM_ID = "Mesos-Stream-Id";

    private static final int LONGEST_REASON = 4096;

    private final HttpClient http;
    private final SchedulerConfig config;
    private volatile Optional<String> lastAuthorization = Optional.empty();

    CallRequests(HttpClient http, SchedulerConfig config) {
        this.http = http;
        this.config = config;
    }

    /**
     * Sends and waits for the answer's headers. The caller closes the body.
     *
     * @throws HttpTimeoutException if they do not come within the time that the configuration allows
     */
    HttpResponse<InputStream> send(URI uri, Call call, Optional<String> streamId)
            throws IOException, InterruptedException {
        var future = http.sendAsync(request(uri, call, streamId), BodyHandlers.ofInputStream());
        Duration timeout = config.patience().call();
        try {
            return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            future.cancel(true);
            var timedOut = new HttpTimeoutException("no answer within " + timeout.toMillis() + " ms");
            timedOut.initCause(late);
            throw timedOut;
        } catch (InterruptedException stopped) {
            future.cancel(true);
            throw stopped;
        } catch (ExecutionException failed) {
            var cause = failed.getCause() == null ? failed : failed.getCause();
            throw new IOException(describe(cause), cause);
        }
    }

    private HttpRequest request(URI uri, Call call, Optional<String> streamId) throws IOException {
        var mediaType = config.mediaType();
        var request = HttpRequest.newBuilder(uri)
                .header("Content-Type", mediaType.contentType())
                .header("Accept", mediaType.contentType())
                .POST(BodyPublishers.ofByteArray(mediaType.codec().encode(call)));
        var authorization = config.credentials().authorization();
        authorization.ifPresent(value -> request.header("Authorization", value));
        lastAuthorization = authorization;
        streamId.ifPresent(value -> request.header(STREAM_ID, value));
        return request.build();
    }

    /** What the last request's credentials were. */
    Optional<String> lastAuthorization() {
        return lastAuthorization;
    }

    /** The status and what the master says about it; reads and closes the body. */
    static String reason(HttpResponse<InputStream> response) {
        try (var body = response.body()) {
            var text = new String(body.readNBytes(LONGEST_REASON), StandardCharsets.UTF_8).strip();
            return response.statusCode() + (text.isEmpty() ? "" : ": " + text);
        } catch (IOException cut) {
            return response.statusCode() + " (" + describe(cut) + ")";
        }
    }

    /** Many network exceptions have no message. */
    static String describe(Throwable failure) {
        var message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
