package dev.proffer.master.core;

import dev.proffer.master.core.policy.PolicySettings;
import dev.proffer.master.core.registry.RegistryConfig;
import java.time.Duration;

/**
 * What can be set of a master's core. {@link #DEFAULTS} are Mesos' own but for the agents' pings, which go every 5 s.
 *
 * @param heartbeatInterval between two HEARTBEAT events of a stream
 * @param agentPingInterval between two pings of a link
 * @param agentTimeout without a sign of an agent for so long, it is unreachable
 * @param offerTimeout an offer older than this is rescinded once another framework waits
 * @param maxCompletedFrameworks how many removed frameworks are remembered, and their ids refused
 * @param maxCompletedTasksPerFramework how many ended tasks of a framework are remembered
 * @param maxUnreachableTasksPerFramework how many tasks on unreachable agents are remembered per framework
 * @param maxUnreachableAgents how many unreachable agents are remembered
 * @param maxInventoryTasks how many tasks an agent may report when it registers
 * @param registry how agents are dealt with that are known from the registry
 * @param policy what is allowed before a policy arrives, and how a policy is put into force
 */
public record MasterConfig(
        Duration heartbeatInterval,
        Duration agentPingInterval,
        Duration agentTimeout,
        Duration offerTimeout,
        int maxCompletedFrameworks,
        int maxCompletedTasksPerFramework,
        int maxUnreachableTasksPerFramework,
        int maxUnreachableAgents,
        int maxInventoryTasks,
        RegistryConfig registry,
        PolicySettings policy) {
    public static final MasterConfig DEFAULTS = new MasterConfig(
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            Duration.ofSeconds(75),
            Duration.ofMinutes(2),
            50,
            1000,
            1000,
            102_400,
            100_000,
            RegistryConfig.DEFAULTS,
            PolicySettings.OPEN);

    public MasterConfig {
        requirePositive("heartbeatInterval", heartbeatInterval);
        requirePositive("agentPingInterval", agentPingInterval);
        requirePositive("agentTimeout", agentTimeout);
        requirePositive("offerTimeout", offerTimeout);
        if (agentTimeout.compareTo(agentPingInterval) <= 0) {
            throw new IllegalArgumentException("agentTimeout (" + agentTimeout
                    + ") must be longer than agentPingInterval (" + agentPingInterval + ")");
        }
        requireNotNegative("maxCompletedFrameworks", maxCompletedFrameworks);
        requireNotNegative("maxCompletedTasksPerFramework", maxCompletedTasksPerFramework);
        requireNotNegative("maxUnreachableTasksPerFramework", maxUnreachableTasksPerFramework);
        requireNotNegative("maxUnreachableAgents", maxUnreachableAgents);
        requireNotNegative("maxInventoryTasks", maxInventoryTasks);
    }

    public MasterConfig with(RegistryConfig changed) {
        return new MasterConfig(
                heartbeatInterval,
                agentPingInterval,
                agentTimeout,
                offerTimeout,
                maxCompletedFrameworks,
                maxCompletedTasksPerFramework,
                maxUnreachableTasksPerFramework,
                maxUnreachableAgents,
                maxInventoryTasks,
                changed,
                policy);
    }

    public MasterConfig with(PolicySettings changed) {
        return new MasterConfig(
                heartbeatInterval,
                agentPingInterval,
                agentTimeout,
                offerTimeout,
                maxCompletedFrameworks,
                maxCompletedTasksPerFramework,
                maxUnreachableTasksPerFramework,
                maxUnreachableAgents,
                maxInventoryTasks,
                registry,
                changed);
    }

    /** How many pings in a row an agent misses until its timeout is over. */
    public int mostMissedPings() {
        return Math.toIntExact(Math.ceilDiv(agentTimeout.toNanos(), agentPingInterval.toNanos()));
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be longer than nothing, but is " + value);
        }
    }

    private static void requireNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + value);
        }
    }
}
