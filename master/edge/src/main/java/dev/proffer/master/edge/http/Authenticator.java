package dev.proffer.master.edge.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finds out who asks. Any thread; must not block: whoever has to ask somebody else answers later. */
public interface Authenticator {

    /**
     * Completes exceptionally if it cannot be found out now.
     *
     * @param authorization the header of that name
     */
    CompletionStage<Verdict> authenticate(Optional<String> authorization);

    /** What became of it. */
    sealed interface Verdict {

        record Accepted(Identity identity) implements Verdict {}

        /**
         * @param schemes by which one can do better, as {@code WWW-Authenticate} names them
         * @param text says what was wrong
         */
        record Refused(List<String> schemes, String text) implements Verdict {
            public Refused {
                schemes = List.copyOf(schemes);
            }
        }
    }
}
