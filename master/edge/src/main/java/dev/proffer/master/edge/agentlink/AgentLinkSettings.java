package dev.proffer.master.edge.agentlink;

import dev.proffer.master.edge.tls.TlsFiles;
import java.time.Duration;
import java.util.Optional;

/**
 * How agents are listened to.
 *
 * @param host address to listen on
 * @param port 0 for any free one
 * @param tls absent for plain TCP
 * @param threads event loops
 * @param linksAtMost connections at a time; more are hung up on
 * @param helloTimeout how long a new connection may take to say Hello
 * @param silenceTimeout a link that is silent for so long is dead
 * @param helloLimit bytes of a Hello, before anything is known of the sender
 * @param frameLimit bytes of any other frame
 * @param backlogLimit bytes that may wait for an agent to read them; beyond that its link is cut
 */
public record AgentLinkSettings(
        String host,
        int port,
        Optional<TlsFiles> tls,
        int threads,
        int linksAtMost,
        Duration helloTimeout,
        Duration silenceTimeout,
        int helloLimit,
        int frameLimit,
        int backlogLimit) {

    private static final int MIB = 1 << 20;

    public static AgentLinkSettings plain(String host, int port) {
        return on(host, port, Optional.empty());
    }

    public static AgentLinkSettings on(String host, int port, Optional<TlsFiles> tls) {
        return new AgentLinkSettings(
                host, port, tls, 2, 60_000, Duration.ofSeconds(10), Duration.ofSeconds(75), MIB, 16 * MIB, 32 * MIB);
    }
}
