package dev.proffer.cli.master;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.proffer.cli.CliException;
import dev.proffer.cli.ClusterOptions;
import dev.proffer.crds.cluster.Listener;
import dev.proffer.crds.cluster.ProfferCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The leading master's HTTP API, as the caller may use it. */
public final class MasterConnection implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HttpClient http;
    private final Optional<String> token;
    private final @Nullable LocalPortForward forward;

    private MasterConnection(URI base, HttpClient http, Optional<String> token, @Nullable LocalPortForward forward) {
        this.base = base;
        this.http = http;
        this.token = token;
        this.forward = forward;
    }

    /** To the master that the options name, or by a port-forward to the leader's pod. */
    public static MasterConnection open(ClusterOptions options, KubernetesClient kubernetes) {
        if (options.master().isPresent()) {
            var base = URI.create(options.master().get());
            var trust = options.caFile().map(MasterConnection::read);
            return new MasterConnection(
                    base, client(trust), options.tokenFile().map(MasterConnection::read), /* forward= */ null);
        }
        var cluster = options.cluster(kubernetes);
        var listener = listener(cluster);
        var token = options.tokenFile().map(MasterConnection::read).or(() -> token(kubernetes, cluster, listener));
        var trust = options.caFile().map(MasterConnection::read).or(() -> Trust.of(kubernetes, listener));
        var forward = kubernetes.pods().withName(leader(cluster)).portForward(listener.port());
        var base = URI.create((listener.tls() ? "https" : "http") + "://localhost:" + forward.getLocalPort());
        return new MasterConnection(base, client(trust), token, forward);
    }

    /** The one that asks the least trouble of a caller: who need not say who they are, or by a token. */
    private static Listener listener(ProfferCluster cluster) {
        return cluster.getSpec().listeners().stream()
                .filter(listener -> listener.authentication().contains(Listener.Authentication.Token)
                        || listener.authentication().contains(Listener.Authentication.Anonymous))
                .min(Comparator.comparingInt(listener -> asksForToken(listener) ? 1 : 0))
                .orElseThrow(() ->
                        new CliException("no listener of the ProfferCluster takes tokens; add one, or pass --master"));
    }

    private static boolean asksForToken(Listener listener) {
        return !listener.authentication().contains(Listener.Authentication.Anonymous);
    }

    private static String leader(ProfferCluster cluster) {
        var leader = cluster.getStatus() == null ? null : cluster.getStatus().leader();
        if (leader == null || leader.isEmpty()) {
            throw new CliException(
                    "no master leads at the moment; try again, or see why: kubectl get pcl,pods -o wide");
        }
        int end = leader.lastIndexOf('_');
        return end < 0 ? leader : leader.substring(0, end);
    }

    private static Optional<String> token(KubernetesClient kubernetes, ProfferCluster cluster, Listener listener) {
        return asksForToken(listener) ? Optional.of(ViewerToken.request(kubernetes, cluster)) : Optional.empty();
    }

    private static HttpClient client(Optional<String> trust) {
        var builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
        trust.ifPresent(authority -> builder.sslContext(Trust.context(authority)));
        return builder.build();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new CliException(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** @throws CliException if it does not answer, or says no */
    public JsonNode get(String path) {
        var answer = send(path, BodyHandlers.ofString());
        if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
            throw new CliException("the master at " + base + " says: " + answer.statusCode() + " " + answer.body());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException noJson) {
            throw new CliException("the master at " + base + " does not answer with JSON", noJson);
        }
    }

    /**
     * Whatever it says.
     *
     * @throws CliException if it does not answer
     */
    HttpResponse<byte[]> bytes(String path) {
        return send(path, BodyHandlers.ofByteArray());
    }

    private <T> HttpResponse<T> send(String path, BodyHandler<T> body) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
        token.ifPresent(proof -> request.header("Authorization", "Bearer " + proof));
        try {
            return http.send(request.build(), body);
        } catch (IOException unanswered) {
            throw new CliException(
                    "the master at " + base + " does not answer: " + unanswered.getMessage(), unanswered);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        if (forward != null) {
            try {
                forward.close();
            } catch (IOException | KubernetesClientException gone) {
                // The answer is there already.
                return;
            }
        }
    }
}
