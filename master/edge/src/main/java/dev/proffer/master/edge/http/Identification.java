package dev.proffer.master.edge.http;

import dev.proffer.master.edge.http.Authenticator.Verdict;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets requests pass once it is known whose they are, and answers the others. */
public final class Identification {
    private static final Logger LOG = LoggerFactory.getLogger(Identification.class);

    private final Authenticator authenticator;
    private final String realm;

    /** @param realm that refused clients are told, as Mesos calls what they asked for */
    public Identification(Authenticator authenticator, String realm) {
        this.authenticator = authenticator;
        this.realm = realm;
    }

    /** Runs {@code then} on the exchange's context; at once if that can be. */
    public void identify(Exchange exchange, Consumer<Identity> then) {
        var verdicts = authenticator.authenticate(exchange.header("Authorization"));
        var verdict = verdicts.toCompletableFuture();
        if (verdict.isDone() && !verdict.isCompletedExceptionally()) {
            judged(exchange, verdict.join(), then);
            return;
        }
        exchange.pause();
        verdicts.whenComplete((reached, failure) -> exchange.context().runOnContext(_ -> {
            if (failure == null) {
                exchange.attempt(() -> judged(exchange, reached, then));
            } else {
                LOG.warn("credentials cannot be checked: {}", String.valueOf(failure.getMessage()));
                exchange.answer(Answer.unavailable("Credentials cannot be checked at the moment."));
            }
        }));
    }

    private void judged(Exchange exchange, Verdict verdict, Consumer<Identity> then) {
        switch (verdict) {
            case Verdict.Refused(var schemes, var text) ->
                exchange.answer(Answer.unauthorized(
                        schemes.stream()
                                .map(scheme -> scheme + " realm=\"" + realm + "\"")
                                .toList(),
                        text));
            case Verdict.Accepted(var identity) -> then.accept(identity);
        }
    }
}
