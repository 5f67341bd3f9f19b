package dev.proffer.master.edge.http;

import dev.proffer.master.edge.http.Authenticator.Verdict;
import dev.proffer.model.Principal;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets requests pass once it is known whose they are, and answers the others. */
public final class Identification {
    private static final Logger LOG = LoggerFactory.getLogger(Identification.class);

    private final Authenticator authenticator;

    public Identification(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** Runs {@code then} with the principal, if it has one, on the exchange's context; at once if that can be. */
    public void identify(Exchange exchange, Consumer<Optional<Principal>> then) {
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

    private static void judged(Exchange exchange, Verdict verdict, Consumer<Optional<Principal>> then) {
        switch (verdict) {
            case Verdict.Refused(var challenge, var text) -> exchange.answer(Answer.unauthorized(challenge, text));
            case Verdict.Accepted(var principal) -> then.accept(principal);
        }
    }
}
