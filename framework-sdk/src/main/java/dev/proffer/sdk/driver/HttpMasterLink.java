package dev.proffer.sdk.driver;

import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.sdk.SchedulerConfig;
import dev.proffer.sdk.session.MasterLink;
import dev.proffer.sdk.session.Reply;
import dev.proffer.sdk.session.StreamInput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A master over HTTP. Each stream is read on a virtual thread of its own, into the inbox. */
final class HttpMasterLink implements MasterLink, AutoCloseable {
    private final SchedulerConfig config;
    private final Inbox inbox;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;
    private final CallRequests requests;
    private final Subscriber subscriber;
    private final CredentialRenewal renewal;

    private volatile @Nullable URI leader;
    private @Nullable Thread reader;

    /** @param credentialLook how often to look whether the credentials have changed */
    HttpMasterLink(SchedulerConfig config, Inbox inbox, Duration credentialLook) {
        this.config = config;
        this.inbox = inbox;
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.patience().call())
                .executor(executor);
        config.certificateAuthority().map(AuthorityFile::context).ifPresent(builder::sslContext);
        this.http = builder.build();
        this.requests = new CallRequests(http, config);
        this.renewal = new CredentialRenewal(requests, config.credentials(), credentialLook);
        this.subscriber = new Subscriber(requests, config.mediaType().contentType(), config.masters());
    }

    @Override
    public void open(int stream, Call subscribe) {
        reader = Thread.ofVirtual().name("proffer-stream-" + stream).start(() -> {
            try {
                readOrReport(stream, subscribe);
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Waits for the reader: two must not look for the leader at once. */
    @Override
    public void close(int stream) {
        var current = reader;
        if (current == null) {
            return;
        }
        reader = null;
        current.interrupt();
        boolean interrupted = false;
        while (current.isAlive()) {
            try {
                current.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        leader = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The session waits for word of its stream, so it gets it even when credentials, which are not ours, throw. */
    private void readOrReport(int stream, Call subscribe) throws InterruptedException {
        try {
            read(stream, subscribe);
        } catch (RuntimeException unexpected) {
            inbox.put(new StreamInput.Broken(stream, unexpected.toString()), 0);
        }
    }

    private void read(int stream, Call subscribe) throws InterruptedException {
        switch (subscriber.subscribe(subscribe)) {
            case Subscriber.Outcome.Refused(var reason) -> inbox.put(new StreamInput.Refused(stream, reason), 0);
            case Subscriber.Outcome.Failed(var reason) -> inbox.put(new StreamInput.Broken(stream, reason), 0);
            case Subscriber.Outcome.Stream(var master, var streamId, var body) -> {
                leader = master;
                inbox.put(new StreamInput.Broken(stream, readEvents(stream, master, streamId, body)), 0);
            }
        }
    }

    private String readEvents(int stream, URI master, String streamId, InputStream body) throws InterruptedException {
        try (body;
                var credentials = renewal.of(master, streamId)) {
            inbox.put(new StreamInput.Opened(stream, streamId), 0);
            return new EventStream(body, config.mediaType().codec()).readTo((event, bytes) -> {
                if (event.hasSubscribed()) {
                    credentials.begin(event.getSubscribed().getFrameworkId());
                }
                inbox.put(new StreamInput.Received(stream, event), bytes);
            });
        } catch (IOException e) {
            return "the stream broke: " + CallRequests.describe(e);
        }
    }

    @Override
    public Reply send(Call call, String streamId) {
        var reply = sendOnce(call, streamId);
        // A kept connection may have been closed by the other side meanwhile, which shows only now.
        return reply instanceof Reply.Unanswered && isRepeatable(call.getType()) ? sendOnce(call, streamId) : reply;
    }

    private Reply sendOnce(Call call, String streamId) {
        var master = leader;
        if (master == null) {
            return new Reply.StreamUnknown("the connection to the master is gone");
        }
        try {
            var response = requests.send(master, call, Optional.of(streamId));
            var reason = CallRequests.reason(response);
            return switch (response.statusCode()) {
                case 200, 202 -> new Reply.Taken();
                case 307, 308, 403, 503 -> new Reply.StreamUnknown("the master answers " + reason);
                case 500, 502, 504 -> new Reply.Unanswered("the master answers " + reason);
                default -> new Reply.Refused("the master answers " + reason);
            };
        } catch (IOException e) {
            return new Reply.Unanswered(CallRequests.describe(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Unanswered("interrupted while waiting for the master's answer");
        }
    }

    /** Whether taking it twice does no more than taking it once. A second ACCEPT would fail the tasks of the first. */
    private static boolean isRepeatable(Call.Type type) {
        return switch (type) {
            case DECLINE, REVIVE, SUPPRESS, KILL, ACKNOWLEDGE, ACKNOWLEDGE_OPERATION_STATUS, RECONCILE -> true;
            case UNKNOWN,
                    SUBSCRIBE,
                    TEARDOWN,
                    ACCEPT,
                    SHUTDOWN,
                    MESSAGE,
                    REQUEST,
                    ACCEPT_INVERSE_OFFERS,
                    DECLINE_INVERSE_OFFERS,
                    RECONCILE_OPERATIONS,
                    UPDATE_FRAMEWORK -> false;
        };
    }

    @Override
    public void wake() {
        inbox.wake();
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
        executor.close();
    }
}
