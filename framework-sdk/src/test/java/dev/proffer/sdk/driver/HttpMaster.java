package dev.proffer.sdk.driver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.proffer.protocol.media.MediaType;
import dev.proffer.protocol.message.MalformedMessageException;
import dev.proffer.protocol.recordio.RecordEncoder;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.protocol.v1.scheduler.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A tiny master over real HTTP. Each SUBSCRIBE gets a stream that the test writes to. */
final class HttpMaster implements AutoCloseable {
    final List<Request> requests = new CopyOnWriteArrayList<>();
    final List<Stream> streams = new CopyOnWriteArrayList<>();
    volatile Answer toSubscribe = this::openStream;
    volatile Answer toCalls = status(202, "");

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    HttpMaster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/scheduler", this::handle);
        server.setExecutor(executor);
        server.start();
    }

    record Request(Call call, String streamId, String contentType, String accept, String authorization) {}

    @FunctionalInterface
    interface Answer {
        void write(HttpExchange exchange) throws IOException;
    }

    static Answer status(int code, String body) {
        return exchange -> {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    static Answer redirect(String location) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        };
    }

    String address() {
        return "http://" + hostAndPort();
    }

    String hostAndPort() {
        return server.getAddress().getHostString() + ":" + server.getAddress().getPort();
    }

    List<Call> calls(Call.Type type) {
        return requests.stream()
                .map(Request::call)
                .filter(call -> call.getType() == type)
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var mediaType =
                MediaType.ofContentType(headers.getFirst("Content-Type")).orElseThrow();
        Call call;
        try {
            call = mediaType.codec().decode(exchange.getRequestBody().readAllBytes(), Call.getDefaultInstance());
        } catch (MalformedMessageException e) {
            status(400, e.toString()).write(exchange);
            return;
        }
        requests.add(new Request(
                call,
                String.valueOf(headers.getFirst("Mesos-Stream-Id")),
                mediaType.contentType(),
                headers.getFirst("Accept"),
                String.valueOf(headers.getFirst("Authorization"))));
        (call.getType() == Call.Type.SUBSCRIBE ? toSubscribe : toCalls).write(exchange);
    }

    private void openStream(HttpExchange exchange) throws IOException {
        var stream = new Stream(exchange, "stream-" + (streams.size() + 1));
        exchange.getResponseHeaders().set("Content-Type", stream.mediaType.contentType());
        exchange.getResponseHeaders().set("Mesos-Stream-Id", stream.id);
        exchange.sendResponseHeaders(200, 0);
        streams.add(stream);
    }

    /** Opens streams that begin with SUBSCRIBED. */
    HttpMaster subscribing(double heartbeatSeconds) {
        toSubscribe = exchange -> {
            openStream(exchange);
            var subscribed = Event.newBuilder().setType(Event.Type.SUBSCRIBED);
            subscribed.getSubscribedBuilder().setHeartbeatIntervalSeconds(heartbeatSeconds);
            subscribed.getSubscribedBuilder().getFrameworkIdBuilder().setValue("framework-1");
            streams.getLast().send(subscribed.build());
        };
        return this;
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    /** The answer to one SUBSCRIBE. Writes fail once the client is gone. */
    static final class Stream {
        private final HttpExchange exchange;
        private final MediaType mediaType;
        private final String id;

        private Stream(HttpExchange exchange, String id) {
            this.exchange = exchange;
            this.id = id;
            this.mediaType = MediaType.ofContentType(
                            exchange.getRequestHeaders().getFirst("Accept"))
                    .orElseThrow();
        }

        void send(Event event) {
            write(RecordEncoder.encode(mediaType.codec().encode(event)));
        }

        /** Sends each byte as an HTTP chunk of its own. */
        void sendByteByByte(Event event) {
            for (byte single : RecordEncoder.encode(mediaType.codec().encode(event))) {
                write(new byte[] {single});
            }
        }

        void write(byte[] bytes) {
            try {
                exchange.getResponseBody().write(bytes);
                exchange.getResponseBody().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void end() {
            exchange.close();
        }
    }
}
