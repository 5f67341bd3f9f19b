package dev.proffer.testing.kubernetes.masters;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A framework that subscribes again and again, and notes when it is offered something, and by which master. */
final class OfferWatch implements AutoCloseable {
    private static final long RETRY_MILLIS = 50;
    private static final String SUBSCRIBE =
            "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":{\"user\":\"root\",\"name\":\"watch\"}}}";

    private final URI api;
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private final List<Noted> offers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService watching =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    OfferWatch(int port) {
        this.api = URI.create("http://127.0.0.1:" + port + "/api/v1/scheduler");
        var _ = watching.scheduleWithFixedDelay(this::watch, 0, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Some offers came on a stream. Readings of {@link System#nanoTime}. */
    record Noted(long subscribedAt, long at) {}

    List<Noted> offers() {
        return offers;
    }

    private void watch() {
        try {
            subscribe();
        } catch (IOException nobodyLeads) {
            // Again.
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void subscribe() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(api)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(SUBSCRIBE))
                .build();
        long subscribedAt = System.nanoTime();
        var response = http.send(request, BodyHandlers.ofInputStream());
        try (var events = response.body()) {
            var buffer = new byte[64 * 1024];
            for (int read = events.read(buffer); read >= 0; read = events.read(buffer)) {
                var text = new String(buffer, 0, read, StandardCharsets.UTF_8);
                if (text.contains("\"OFFERS\"")) {
                    offers.add(new Noted(subscribedAt, System.nanoTime()));
                }
            }
        }
    }

    @Override
    public void close() {
        watching.shutdownNow();
        http.shutdownNow();
    }
}
