package dev.proffer.agent.edge.link;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Where the leading master listens for agents, as far as is known now. Asked anew for each connection, on any thread. */
@FunctionalInterface
public interface LeaderLocator {
    /** Empty while no leader is known. */
    Optional<InetSocketAddress> leader();
}
