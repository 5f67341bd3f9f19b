package dev.proffer.master.core.agents;

import dev.proffer.allocator.AgentCapability;
import dev.proffer.allocator.AllocatorInput.AgentDescription;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.model.AgentId;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.UpdateCapacity;
import dev.proffer.protocol.resources.AttributeConversion;
import dev.proffer.protocol.resources.DomainConversion;
import dev.proffer.protocol.resources.InvalidResourceException;
import dev.proffer.protocol.resources.ResourceReader;
import dev.proffer.protocol.v1.AgentInfo;
import java.util.List;
import java.util.Optional;

/** What an agent says of itself in its Hello, read and checked. */
final class AgentProfiles {
    private AgentProfiles() {}

    /** @throws InvalidResourceException if its resources or attributes break a rule */
    static Agent.Profile read(Hello hello, AgentId id, String remoteAddress) throws InvalidResourceException {
        var wire = hello.getInfo();
        var info = wire.toBuilder();
        info.getIdBuilder().setValue(id.value());
        var description = new AgentDescription(
                wire.getHostname(),
                AttributeConversion.read(wire.getAttributesList()),
                wire.hasDomain() ? DomainConversion.read(wire.getDomain()) : Optional.empty(),
                capabilities(hello.getCapabilitiesList()));
        return new Agent.Profile(
                info.build(),
                hello.hasPool() ? Optional.of(hello.getPool()) : Optional.empty(),
                hello.getCapabilitiesList(),
                hello.getVersion(),
                hello.hasIp() ? Optional.of(hello.getIp()) : Optional.empty(),
                address(hello, remoteAddress),
                ResourceReader.read(wire.getResourcesList()),
                hello.getProblemsList(),
                description);
    }

    /** @throws InvalidResourceException if its resources break a rule */
    static Agent.Profile changed(Agent.Profile profile, UpdateCapacity update) throws InvalidResourceException {
        return new Agent.Profile(
                profile.info().toBuilder()
                        .clearResources()
                        .addAllResources(update.getResourcesList())
                        .build(),
                profile.pool(),
                profile.capabilities(),
                profile.version(),
                profile.ip(),
                profile.address(),
                ResourceReader.read(update.getResourcesList()),
                update.getProblemsList(),
                profile.description());
    }

    /** Where the agent's own port is; failing that, where it dialled from. */
    private static String address(Hello hello, String remoteAddress) {
        var ip = hello.getIp();
        return hello.hasIp()
                ? (ip.contains(":") ? "[" + ip + "]" : ip) + ":"
                        + hello.getInfo().getPort()
                : remoteAddress;
    }

    private static List<AgentCapability> capabilities(List<AgentInfo.Capability> wire) {
        return wire.stream()
                .flatMap(capability -> capability(capability.getType()).stream())
                .distinct()
                .toList();
    }

    private static Optional<AgentCapability> capability(AgentInfo.Capability.Type type) {
        return switch (type) {
            case MULTI_ROLE -> Optional.of(AgentCapability.MULTI_ROLE);
            case HIERARCHICAL_ROLE -> Optional.of(AgentCapability.HIERARCHICAL_ROLE);
            case RESERVATION_REFINEMENT -> Optional.of(AgentCapability.RESERVATION_REFINEMENT);
            case UNKNOWN,
                    RESOURCE_PROVIDER,
                    RESIZE_VOLUME,
                    AGENT_OPERATION_FEEDBACK,
                    AGENT_DRAINING,
                    TASK_RESOURCE_LIMITS -> Optional.empty();
        };
    }
}
