package dev.proffer.sdk.driver;

import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.sdk.MasterAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the leading master by subscribing: tries the known masters in turn, and goes where they send it. */
final class Subscriber {
    /** A client is sent from a standby to the leader, perhaps on to a newer one, and not in circles. */
    private static final int MOST_REDIRECTS = 5;

    private final CallRequests requests;
    private final String contentType;
    private final List<MasterAddress> masters;

    private int first;

    Subscriber(CallRequests requests, String contentType, List<MasterAddress> masters) {
        this.requests = requests;
        this.contentType = contentType;
        this.masters = masters;
    }

    sealed interface Outcome {
        record Stream(URI master, String streamId, InputStream body) implements Outcome {}

        /** Asking again makes no difference. */
        record Refused(String reason) implements Outcome {}

        record Failed(String reason) implements Outcome {}
    }

    /** Begins with the master that worked last. Not for two threads at once. */
    Outcome subscribe(Call call) throws InterruptedException {
        var failures = new ArrayList<String>();
        for (int i = 0; i < masters.size(); i++) {
            int index = (first + i) % masters.size();
            switch (follow(masters.get(index).schedulerApi(), call)) {
                case Outcome.Stream stream -> {
                    first = index;
                    return stream;
                }
                case Outcome.Refused refused -> {
                    return refused;
                }
                case Outcome.Failed(var reason) -> failures.add(masters.get(index) + ": " + reason);
            }
        }
        return new Outcome.Failed(String.join("; ", failures));
    }

    private Outcome follow(URI start, Call call) throws InterruptedException {
        var uri = start;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<InputStream> response;
            try {
                response = requests.send(uri, call, Optional.empty());
            } catch (IOException e) {
                return new Outcome.Failed(CallRequests.describe(e));
            }
            if (response.statusCode() != 307 && response.statusCode() != 308) {
                return judge(uri, response);
            }
            var reason = CallRequests.reason(response);
            var location = response.headers().firstValue("Location").orElse("");
            var next = resolve(uri, location).filter(isAllowedFrom(uri));
            if (next.isEmpty()) {
                return new Outcome.Failed(
                        "sends us elsewhere, but not where we may go: '" + location + "' (" + reason + ")");
            }
            uri = next.get();
        }
        return new Outcome.Failed("sent on more than " + MOST_REDIRECTS + " times, lastly to " + uri);
    }

    /** Masters name the leader as {@code //host:port/path}, which takes its scheme from the one that was asked. */
    private static Optional<URI> resolve(URI from, String location) {
        try {
            return location.isEmpty() ? Optional.empty() : Optional.of(from.resolve(location));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** A redirect may not take credentials from TLS to plain text. */
    private static Predicate<URI> isAllowedFrom(URI from) {
        return to -> to.getHost() != null
                && ("https".equals(to.getScheme())
                        || ("http".equals(to.getScheme()) && "http".equals(from.getScheme())));
    }

    private Outcome judge(URI uri, HttpResponse<InputStream> response) {
        return switch (response.statusCode()) {
            case 200 -> stream(uri, response);
            case 400, 405, 406, 413, 415 -> new Outcome.Refused(uri + " answers " + CallRequests.reason(response));
            default -> new Outcome.Failed("answers " + CallRequests.reason(response));
        };
    }

    private Outcome stream(URI uri, HttpResponse<InputStream> response) {
        var streamId = response.headers().firstValue(CallRequests.STREAM_ID);
        var type = response.headers().firstValue("Content-Type");
        if (streamId.isEmpty() || !type.equals(Optional.of(contentType))) {
            close(response.body());
            return new Outcome.Failed("answers like no master: Content-Type " + type.orElse("missing") + ", "
                    + CallRequests.STREAM_ID + " " + streamId.orElse("missing"));
        }
        return new Outcome.Stream(uri, streamId.get(), response.body());
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException unneeded) {
            // What it would have held is of no use.
        }
    }
}
