package dev.proffer.master.edge.identity;

import dev.proffer.master.edge.http.Authenticator.Verdict;
import java.util.concurrent.CompletionStage;

/** Checks credentials of one HTTP authentication scheme. Any thread; does not block. */
public interface CredentialCheck {

    /** Its name, such as {@code Bearer}. */
    String scheme();

    /**
     * Completes exceptionally if they cannot be checked now.
     *
     * @param credentials what follows the scheme in the header
     */
    CompletionStage<Verdict> check(String credentials);
}
