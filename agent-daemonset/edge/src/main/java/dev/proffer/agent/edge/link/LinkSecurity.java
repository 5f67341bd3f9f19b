package dev.proffer.agent.edge.link;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How master and agent are sure of one another. Files are read anew for each connection, so they may be replaced at any time.
 *
 * @param tls absent for plain text
 * @param token file of the proof that the agent gives; a newer one is sent while the link is up. Absent where the master asks
 *     for none.
 */
public record LinkSecurity(Optional<Tls> tls, Optional<Path> token) {
    /** For tests and machines that nobody else reaches. */
    public static final LinkSecurity NONE = new LinkSecurity(Optional.empty(), Optional.empty());

    /** @param authority PEM file of whom to trust to name masters; absent for those that the JVM trusts */
    public record Tls(Optional<Path> authority) {}
}
