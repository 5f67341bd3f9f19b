package dev.proffer.testing.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.proffer.testing.programs.LocalCluster;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scheduler API by hand, as with {@code curl}: what the README shows. */
class JsonSchedulerApiTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void aHandWrittenAcceptLaunchesACommandWhoseOutputIsInTheSandbox() throws IOException, InterruptedException {
        try (var cluster = LocalCluster.start(folder);
                var http = HttpClient.newHttpClient()) {
            var api = cluster.master().resolve("/api/v1/scheduler");
            var stream = http.send(json(api, """
                            {"type": "SUBSCRIBE",
                             "subscribe": {"framework_info": {"user": "nobody", "name": "by-hand"}}}""").build(), BodyHandlers.ofInputStream());
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(stream.headers().firstValue("content-type")).hasValue("application/json");
            var streamId = stream.headers().firstValue("mesos-stream-id").orElseThrow();

            try (var events = new BufferedInputStream(stream.body())) {
                var subscribed = next(events, "SUBSCRIBED");
                assertThat(next(events, "HEARTBEAT").size()).isEqualTo(1);
                var frameworkId =
                        subscribed.at("/subscribed/framework_id/value").asText();
                var offer = next(events, "OFFERS").at("/offers/offers/0");
                var accept = """
                        {"framework_id": {"value": "%s"}, "type": "ACCEPT",
                         "accept": {"offer_ids": [{"value": "%s"}], "operations": [{"type": "LAUNCH", "launch":
                          {"task_infos": [{"name": "t", "task_id": {"value": "t1"}, "agent_id": {"value": "%s"},
                           "command": {"value": "echo hello"}, "resources": [
                            {"name": "cpus", "type": "SCALAR", "scalar": {"value": 0.1}},
                            {"name": "mem", "type": "SCALAR", "scalar": {"value": 32}}]}]}}]}}""".formatted(
                                frameworkId,
                                offer.at("/id/value").asText(),
                                offer.at("/agent_id/value").asText());
                var accepted = http.send(
                        json(api, accept).header("Mesos-Stream-Id", streamId).build(), BodyHandlers.ofString());
                assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
                assertThat(next(events, "UPDATE").at("/update/status/state").asText())
                        .isEqualTo("TASK_STARTING");
                await().untilAsserted(() -> assertThat(stdoutOf("t1")).isEqualTo("hello\n"));
                var file = cluster.master()
                        .resolve("/api/proffer/v1/files/read?executor=t1&path=stdout&offset=1&framework=" + frameworkId
                                + "&agent=" + offer.at("/agent_id/value").asText());
                assertThat(http.send(HttpRequest.newBuilder(file).build(), BodyHandlers.ofString())
                                .body())
                        .as("the same by way of the master")
                        .isEqualTo("ello\n");
            }
        }
    }

    private static HttpRequest.Builder json(URI uri, String body) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    /** Reads records until one of that type comes. */
    private static JsonNode next(InputStream events, String type) throws IOException {
        while (true) {
            var event = MAPPER.readTree(record(events));
            if (event.path("type").asText().equals(type)) {
                return event;
            }
        }
    }

    private static byte[] record(InputStream events) throws IOException {
        var header = new StringBuilder();
        for (int next = events.read(); next != '\n'; next = events.read()) {
            assertThat(next).as("the stream goes on").isNotNegative();
            header.append((char) next);
        }
        int length = Integer.parseInt(header.toString());
        return events.readNBytes(length);
    }

    private String stdoutOf(String executor) throws IOException {
        try (var files = Files.find(
                folder,
                Integer.MAX_VALUE,
                (path, attributes) -> path.endsWith("stdout") && path.toString().contains("/" + executor + "/"))) {
            var stdout = files.findFirst();
            return stdout.isPresent() ? Files.readString(stdout.get(), StandardCharsets.UTF_8) : "";
        }
    }
}
