package dev.proffer.agent.core;

import dev.proffer.protocol.v1.AgentInfo;
import java.util.List;
import java.util.Optional;

/**
 * What an agent is.
 *
 * @param info as masters and frameworks see it, without an id
 * @param pool of agents of one kind that it belongs to; empty if it is of none
 * @param ip at which its machine, and tasks there, are reached
 * @param version of the program
 * @param bootId of the machine: another one than before means that no process of before is alive
 * @param tasksAtMost tasks that are not history yet; launches beyond that are refused
 * @param inventoryPartBytes about how large a part of the inventory may be
 */
public record AgentSettings(
        AgentInfo info,
        List<AgentInfo.Capability> capabilities,
        String pool,
        Optional<String> ip,
        String version,
        String bootId,
        AgentTiming timing,
        int tasksAtMost,
        int inventoryPartBytes) {

    private static final int TASKS_AT_MOST = 10_000;
    private static final int INVENTORY_PART_BYTES = 1 << 20;

    public AgentSettings {
        capabilities = List.copyOf(capabilities);
        if (tasksAtMost < 1) {
            throw new IllegalArgumentException("agent: tasksAtMost must be positive, but is " + tasksAtMost);
        }
    }

    public static AgentSettings of(AgentInfo info, String version, String bootId, AgentTiming timing) {
        var capabilities = List.of(
                capability(AgentInfo.Capability.Type.MULTI_ROLE),
                capability(AgentInfo.Capability.Type.HIERARCHICAL_ROLE),
                capability(AgentInfo.Capability.Type.RESERVATION_REFINEMENT));
        return new AgentSettings(
                info,
                capabilities,
                /* pool= */ "",
                /* ip= */ Optional.empty(),
                version,
                bootId,
                timing,
                TASKS_AT_MOST,
                INVENTORY_PART_BYTES);
    }

    public AgentSettings in(String itsPool, Optional<String> itsIp) {
        return new AgentSettings(
                info, capabilities, itsPool, itsIp, version, bootId, timing, tasksAtMost, inventoryPartBytes);
    }

    private static AgentInfo.Capability capability(AgentInfo.Capability.Type type) {
        return AgentInfo.Capability.newBuilder().setType(type).build();
    }
}
