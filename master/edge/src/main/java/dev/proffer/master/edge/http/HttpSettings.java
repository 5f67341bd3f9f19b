package dev.proffer.master.edge.http;

import java.time.Duration;

/**
 * How HTTP clients are listened to.
 *
 * @param host address to listen on
 * @param port 0 for any free one
 * @param eventLoops listeners that share the port
 * @param connectionsAtMost at a time; more are hung up on
 * @param requestLineLimit bytes of a request's first line
 * @param headerLimit bytes of all headers of a request
 * @param bodyLimit bytes of a request's body
 * @param unansweredBodiesLimit bytes of all bodies together that wait for their answer; more are turned away
 * @param streamBacklogLimit bytes that may wait for a subscriber to read them; beyond that it is cut off
 * @param requestTimeout how long a head may take to arrive, from the connection's opening or the last answer, and then
 *     its body
 * @param proofInterval how long a stream may go on before its client's identity is proved again
 */
public record HttpSettings(
        String host,
        int port,
        int eventLoops,
        int connectionsAtMost,
        int requestLineLimit,
        int headerLimit,
        int bodyLimit,
        long unansweredBodiesLimit,
        long streamBacklogLimit,
        Duration requestTimeout,
        Duration proofInterval) {

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    public static HttpSettings on(String host, int port) {
        return new HttpSettings(
                host,
                port,
                2,
                20_000,
                8 * KIB,
                32 * KIB,
                8 * MIB,
                256L * MIB,
                32L * MIB,
                Duration.ofSeconds(75),
                Duration.ofMinutes(5));
    }
}
