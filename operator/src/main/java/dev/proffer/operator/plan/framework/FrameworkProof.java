package dev.proffer.operator.plan.framework;

import dev.proffer.crds.access.BasicCredential;
import java.util.List;

/** What there is by which a Framework proves who it is. */
public sealed interface FrameworkProof {

    /** Its ServiceAccount, which is there, or which nobody may look for. */
    record Account() implements FrameworkProof {}

    /** Its ServiceAccount or Secret is not there. */
    record Missing() implements FrameworkProof {}

    /** Its Secret may not be read. */
    record Forbidden() implements FrameworkProof {}

    /** Its Secret makes no sense. */
    record Unusable(String problem) implements FrameworkProof {}

    /** There are so many others that masters are not told of its Secret. */
    record CrowdedOut() implements FrameworkProof {}

    /**
     * Its Secret, as masters are told of it.
     *
     * @param username which it may send
     * @param credentials at least one; several while its secret is being changed
     */
    record Basic(String username, List<BasicCredential> credentials) implements FrameworkProof {
        public Basic {
            credentials = List.copyOf(credentials);
        }
    }
}
