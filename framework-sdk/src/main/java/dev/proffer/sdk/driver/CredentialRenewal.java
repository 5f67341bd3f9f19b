package dev.proffer.sdk.driver;

import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.sdk.Credentials;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a stream's proof of identity fresh. A master ends a stream when the credentials that it last saw expire; when there
 * are new ones and nothing else is to be said, a call that does nothing brings them.
 */
final class CredentialRenewal {
    private final CallRequests requests;
    private final Credentials credentials;
    private final Duration lookEvery;

    CredentialRenewal(CallRequests requests, Credentials credentials, Duration lookEvery) {
        this.requests = requests;
        this.credentials = credentials;
        this.lookEvery = lookEvery;
    }

    OfStream of(URI master, String streamId) {
        return new OfStream(master, streamId);
    }

    /** One stream's, until it is closed. For one thread. */
    final class OfStream implements AutoCloseable {
        private final URI master;
        private final String streamId;
        private @Nullable Thread thread;

        private OfStream(URI master, String streamId) {
            this.master = master;
            this.streamId = streamId;
        }

        void begin(FrameworkID framework) {
            close();
            thread = Thread.ofVirtual().name("proffer-credentials").start(() -> look(framework));
        }

        @Override
        public void close() {
            if (thread != null) {
                thread.interrupt();
            }
        }

        private void look(FrameworkID framework) {
            try {
                while (true) {
                    Thread.sleep(lookEvery);
                    renew(framework);
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        private void renew(FrameworkID framework) throws InterruptedException {
            try {
                if (!credentials.authorization().equals(requests.lastAuthorization())) {
                    var nothing = Call.newBuilder()
                            .setFrameworkId(framework)
                            .setType(Call.Type.DECLINE)
                            .setDecline(Call.Decline.getDefaultInstance())
                            .build();
                    var _ = CallRequests.reason(requests.send(master, nothing, Optional.of(streamId)));
                }
            } catch (IOException | RuntimeException later) {
                // Credentials are not ours and may throw anything. There is time: they are renewed long before they
                // expire.
            }
        }
    }
}
