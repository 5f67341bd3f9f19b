package dev.proffer.master.app;

import dev.proffer.master.app.MasterSettings.Authentication;
import dev.proffer.master.edge.agentlink.AgentAuthenticator;
import dev.proffer.master.edge.files.FileWatch;
import dev.proffer.master.edge.files.ReloadedFiles;
import dev.proffer.master.edge.http.AnonymousAuthenticator;
import dev.proffer.master.edge.http.Authenticator;
import dev.proffer.master.edge.identity.BasicCheck;
import dev.proffer.master.edge.identity.BasicCredentials;
import dev.proffer.master.edge.identity.CredentialCheck;
import dev.proffer.master.edge.identity.CredentialFolder;
import dev.proffer.master.edge.identity.KubernetesTokenReviews;
import dev.proffer.master.edge.identity.NodeTokenCheck;
import dev.proffer.master.edge.identity.ReviewSettings;
import dev.proffer.master.edge.identity.SchemeAuthenticator;
import dev.proffer.master.edge.identity.TimedTokenReviews;
import dev.proffer.master.edge.identity.TokenCheck;
import dev.proffer.master.edge.identity.TokenReviewer;
import dev.proffer.model.Moment;
import dev.proffer.model.Principal;
import io.fabric8.kubernetes.client.Config;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whom a master believes, as it is set. */
final class Identities implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final KubernetesTokenReviews reviews;
    private final TokenReviewer reviewer;
    private final Supplier<Moment> time;
    private final Optional<ReloadedFiles<BasicCredentials>> credentials;
    private final FileWatch watch;

    /** @throws IllegalStateException if the folder of basic credentials cannot be used */
    Identities(MasterSettings settings, Config kubernetes, Vertx vertx, MeterRegistry meters, Supplier<Moment> time) {
        var audience = settings.identity().audience();
        this.credentials = settings.identity().basicCredentials().map(CredentialFolder::open);
        this.reviews = KubernetesTokenReviews.open(kubernetes, vertx, audience);
        this.reviewer =
                new TokenReviewer(new TimedTokenReviews(reviews, meters), audience, ReviewSettings.DEFAULTS, time);
        this.time = time;
        this.watch = FileWatch.start(LOOK_EVERY, credentials.stream().toList());
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
            checks.add(new TokenCheck(reviewer));
        }
        boolean anonymous = ways.contains(Authentication.ANONYMOUS);
        return checks.isEmpty() ? new AnonymousAuthenticator() : new SchemeAuthenticator(checks, anonymous);
    }

    /**
     * For agents.
     *
     * @throws IllegalArgumentException if its setting makes no sense; the message names it
     */
    AgentAuthenticator agents(MasterSettings settings) {
        return switch (settings.agents().authentication()) {
            case TOKENS ->
                new NodeTokenCheck(
                        reviewer,
                        new Principal.ServiceAccount(
                                settings.namespace(), settings.agents().serviceAccount()),
                        time);
            case ANONYMOUS -> AgentAuthenticator.CREDULOUS;
            case BASIC ->
                throw new IllegalArgumentException(
                        "proffer.master.agents.authentication is basic, but agents have no secrets: name tokens or anonymous");
        };
    }

    private CredentialCheck basic(String setting) {
        var folder = credentials.orElseThrow(() -> new IllegalArgumentException(
                setting + " names basic, but there are no credentials: set proffer.master.identity.basic-credentials"));
        return new BasicCheck(folder::value);
    }

    @Override
    public void close() {
        watch.close();
        reviews.close();
    }
}
