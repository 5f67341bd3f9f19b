package dev.proffer.allocator.eligibility;

import dev.proffer.allocator.AgentCapability;
import dev.proffer.allocator.AllocatorInput.AgentDescription;
import dev.proffer.allocator.FrameworkCapability;
import dev.proffer.model.FaultDomain;
import dev.proffer.model.RolePath;
import java.util.List;
import java.util.Optional;

/**
 * Bits that decide whether a framework may see an agent at all, as in Mesos: who sees agents with GPUs and agents of other
 * regions, and which agents are too old for multi-role frameworks and nested roles.
 */
public final class Traits {
    public static final int GPU_RESOURCES = 1;
    public static final int REGION_AWARE = 2;
    public static final int MULTI_ROLE = 4;
    public static final int NESTED_ROLE = 8;
    public static final int REVOCABLE_RESOURCES = 16;
    public static final int SHARED_RESOURCES = 32;
    public static final int RESERVATION_REFINEMENT = 64;

    private Traits() {}

    public static int of(List<FrameworkCapability> capabilities, RolePath role) {
        int traits = role.isNested() ? NESTED_ROLE : 0;
        for (var capability : capabilities) {
            traits |= switch (capability) {
                case GPU_RESOURCES -> GPU_RESOURCES;
                case REGION_AWARE -> REGION_AWARE;
                case MULTI_ROLE -> MULTI_ROLE;
                case REVOCABLE_RESOURCES -> REVOCABLE_RESOURCES;
                case SHARED_RESOURCES -> SHARED_RESOURCES;
                case RESERVATION_REFINEMENT -> RESERVATION_REFINEMENT;
            };
        }
        return traits;
    }

    /** Traits that a framework must have to be offered the agent. An agent without a domain is local. */
    public static int required(
            AgentDescription agent, boolean hasGpus, boolean filterGpus, Optional<FaultDomain> masterDomain) {
        boolean remote = agent.domain().isPresent()
                && masterDomain.isPresent()
                && !agent.domain().get().region().equals(masterDomain.get().region());
        return (hasGpus && filterGpus ? GPU_RESOURCES : 0) | (remote ? REGION_AWARE : 0);
    }

    /** Traits that a framework must not have to be offered the agent. */
    public static int forbidden(AgentDescription agent) {
        return (agent.capabilities().contains(AgentCapability.MULTI_ROLE) ? 0 : MULTI_ROLE)
                | (agent.capabilities().contains(AgentCapability.HIERARCHICAL_ROLE) ? 0 : NESTED_ROLE);
    }

    /** The names of the traits, for people. */
    public static String describe(int traits) {
        var names = new String[] {
            "GPU_RESOURCES",
            "REGION_AWARE",
            "MULTI_ROLE",
            "HIERARCHICAL_ROLE",
            "REVOCABLE_RESOURCES",
            "SHARED_RESOURCES",
            "RESERVATION_REFINEMENT"
        };
        var text = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            if ((traits & (1 << i)) != 0) {
                text.append(text.isEmpty() ? "" : ", ").append(names[i]);
            }
        }
        return text.toString();
    }
}
