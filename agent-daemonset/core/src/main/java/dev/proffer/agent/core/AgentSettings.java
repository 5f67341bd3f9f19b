package dev.proffer.agent.core;

import dev.proffer.protocol.v1.AgentInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an agent's core starts with.
 *
 * @param info how the agent describes itself, without an id
 * @param bootId of the machine: another one means that nothing of before still runs
 * @param token proof of identity, where the master asks for one
 * @param killGrace between SIGTERM and SIGKILL, where neither task nor KILL say otherwise
 */
public record AgentSettings(
        AgentInfo info,
        List<AgentInfo.Capability> capabilities,
        String version,
        String bootId,
        Optional<String> token,
        Duration killGrace) {
    /** As in Mesos' command executor. */
    public static final Duration DEFAULT_KILL_GRACE = Duration.ofSeconds(3);

    public AgentSettings {
        capabilities = List.copyOf(capabilities);
    }
}
