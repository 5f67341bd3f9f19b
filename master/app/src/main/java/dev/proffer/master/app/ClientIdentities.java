package dev.proffer.master.app;

import dev.proffer.master.app.MasterSettings.Authentication;
import dev.proffer.master.edge.files.FileWatch;
import dev.proffer.master.edge.files.ReloadedFiles;
import dev.proffer.master.edge.http.AnonymousAuthenticator;
import dev.proffer.master.edge.http.Authenticator;
import dev.proffer.master.edge.identity.BasicCheck;
import dev.proffer.master.edge.identity.CredentialCheck;
import dev.proffer.master.edge.identity.KubernetesTokenReviews;
import dev.proffer.master.edge.identity.ReviewSettings;
import dev.proffer.master.edge.identity.SchemeAuthenticator;
import dev.proffer.master.edge.identity.SecretFolder;
import dev.proffer.master.edge.identity.TimedTokenReviews;
import dev.proffer.master.edge.identity.TokenCheck;
import dev.proffer.master.edge.identity.TokenReviewer;
import dev.proffer.model.Moment;
import io.fabric8.kubernetes.client.Config;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Whom a master believes, as it is set. */
final class ClientIdentities implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final KubernetesTokenReviews reviews;
    private final CredentialCheck tokens;
    private final Optional<ReloadedFiles<Map<String, byte[]>>> secrets;
    private final FileWatch watch;

    /** @throws IllegalStateException if the folder of secrets cannot be used */
    ClientIdentities(
            MasterSettings settings, Config kubernetes, Vertx vertx, MeterRegistry meters, Supplier<Moment> time) {
        var audience = settings.identity().audience();
        this.secrets = settings.identity().basicCredentials().map(SecretFolder::open);
        this.reviews = KubernetesTokenReviews.open(kubernetes, vertx, audience);
        this.tokens = new TokenCheck(new TokenReviewer(
                new TimedTokenReviews(reviews, meters, "clients"), audience, ReviewSettings.DEFAULTS, time));
        this.watch = FileWatch.start(LOOK_EVERY, secrets.stream().toList());
    }

    /**
     * For one listener.
     *
     * @throws IllegalArgumentException if its setting makes no sense; the message names it
     */
    Authenticator authenticator(String setting, List<Authentication> ways) {
        if (ways.isEmpty()) {
            throw new IllegalArgumentException(
                    setting + " is empty: name tokens, basic or, to let everybody in, anonymous");
        }
        var checks = new ArrayList<CredentialCheck>();
        if (ways.contains(Authentication.BASIC)) {
            checks.add(basic(setting));
        }
        if (ways.contains(Authentication.TOKENS)) {
            checks.add(tokens);
        }
        boolean anonymous = ways.contains(Authentication.ANONYMOUS);
        return checks.isEmpty() ? new AnonymousAuthenticator() : new SchemeAuthenticator(checks, anonymous);
    }

    private CredentialCheck basic(String setting) {
        var folder = secrets.orElseThrow(() -> new IllegalArgumentException(
                setting + " names basic, but there are no secrets: set proffer.master.identity.basic-credentials"));
        return new BasicCheck(folder::value);
    }

    @Override
    public void close() {
        watch.close();
        reviews.close();
    }
}
