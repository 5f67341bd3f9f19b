package dev.proffer.master.edge.http;

import dev.proffer.model.Principal;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finds out who asks. Any thread; must not block: whoever has to ask somebody else answers later. */
public interface Authenticator {

    /** @param authorization the header of that name */
    CompletionStage<Verdict> authenticate(Optional<String> authorization);

    /** What became of it. */
    sealed interface Verdict {

        /** @param principal absent for a client that need not say */
        record Accepted(Optional<Principal> principal) implements Verdict {}

        /** @param challenge the {@code WWW-Authenticate} header: how to do better */
        record Refused(String challenge, String text) implements Verdict {}
    }
}
