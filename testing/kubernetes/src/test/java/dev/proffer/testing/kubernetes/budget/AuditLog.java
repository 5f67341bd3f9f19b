package dev.proffer.testing.kubernetes.budget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** An API server's own record of who asked what, but for watches and Leases. */
final class AuditLog {
    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    private AuditLog(Path folder) {
        this.folder = folder;
    }

    /** One request, when it was answered. */
    record Request(Instant at, String user, String verb, String resource) {
        boolean isWrite() {
            return WRITES.contains(verb);
        }

        String what() {
            return user + " " + verb + " " + resource;
        }
    }

    static AuditLog inTemporaryFolder() {
        try {
            var folder = Files.createTempDirectory("proffer-audit");
            Files.writeString(folder.resolve("policy.yaml"), """
                    apiVersion: audit.k8s.io/v1
                    kind: Policy
                    omitStages: [RequestReceived]
                    rules:
                    - {level: None, verbs: [watch]}
                    - {level: None, resources: [{group: coordination.k8s.io, resources: [leases]}]}
                    - {level: Metadata}
                    """);
            return new AuditLog(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For kube-apiserver. */
    String[] flags() {
        return new String[] {
            "--audit-policy-file=" + folder.resolve("policy.yaml"),
            "--audit-log-path=" + file(),
            "--audit-log-mode=blocking"
        };
    }

    private Path file() {
        return folder.resolve("audit.log");
    }

    /** Those of these users since then. */
    List<Request> since(Instant start, Set<String> users) {
        try (Stream<String> lines = Files.lines(file())) {
            return lines.map(AuditLog::parse)
                    .filter(request -> !request.at.isBefore(start) && users.contains(request.user))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Request parse(String line) {
        try {
            var event = JSON.readTree(line);
            var user = event.path("impersonatedUser").isMissingNode()
                    ? event.path("user")
                    : event.path("impersonatedUser");
            return new Request(
                    Instant.parse(event.path("stageTimestamp").asText()),
                    user.path("username").asText(),
                    event.path("verb").asText(),
                    resource(event));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(JsonNode event) {
        var reference = event.path("objectRef");
        if (reference.isMissingNode()) {
            return event.path("requestURI").asText();
        }
        var part = reference.path("subresource").asText();
        return reference.path("resource").asText() + (part.isEmpty() ? "" : "/" + part);
    }
}
