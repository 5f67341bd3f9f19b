package dev.proffer.protocol.resources;

import dev.proffer.model.Disk;
import dev.proffer.model.Resources;
import dev.proffer.model.Value;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.ResourceProviderID;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Resources from the wire into the model, in the old format (role and reservation) or the new one (a stack of
 * reservations), with the rules that Mesos applies wherever resources enter the master. The role that a resource is
 * allocated to does not become part of it: see {@link AllocationRoles}.
 */
public final class ResourceReader {
    private ResourceReader() {}

    /**
     * The bag of all {@code wire} resources. Those that amount to nothing are dropped.
     *
     * @throws InvalidResourceException if one of them breaks a rule
     */
    public static Resources read(List<Resource> wire) throws InvalidResourceException {
        var resources = new ArrayList<dev.proffer.model.Resource>(wire.size());
        for (var resource : wire) {
            resources.add(readOne(resource));
        }
        return Resources.of(resources);
    }

    /**
     * One resource, which may amount to nothing.
     *
     * @throws InvalidResourceException if it breaks a rule
     */
    public static dev.proffer.model.Resource readOne(Resource wire) throws InvalidResourceException {
        var name = wire.getName();
        if (name.isEmpty()) {
            throw new InvalidResourceException("A resource needs a name, but has an empty one");
        }
        Value value = ValueReader.read(wire);
        var reservations = ReservationReader.read(wire);
        Optional<Disk> disk = DiskReader.read(wire);
        var rules = Rules.ofResource(name);
        boolean volume = disk.flatMap(Disk::volume).isPresent();
        boolean dynamic = reservations.stream()
                .anyMatch(reservation -> reservation.kind() == dev.proffer.model.Reservation.Kind.DYNAMIC);
        rules.refuse(wire.hasShared() && !volume, "only a persistent volume can be shared");
        rules.refuse(volume && wire.hasRevocable(), "a persistent volume cannot be created from revocable resources");
        rules.refuse(volume && reservations.isEmpty(), "a persistent volume needs reserved resources");
        rules.refuse(dynamic && wire.hasRevocable(), "a revocable resource cannot be reserved dynamically");
        var provider = wire.hasProviderId()
                ? Optional.of(wire.getProviderId()).map(ResourceProviderID::getValue)
                : Optional.<String>empty();
        return new dev.proffer.model.Resource(
                name, value, reservations, disk, wire.hasRevocable(), wire.hasShared(), provider);
    }

    /**
     * The resource provider that all of {@code resources} belong to, or nothing if they are the agent's own.
     *
     * @throws InvalidResourceException if they belong to several, as no operation can span them
     */
    public static Optional<String> providerOf(Resources resources) throws InvalidResourceException {
        Optional<String> common = Optional.empty();
        boolean first = true;
        for (var resource : resources) {
            if (!first && !common.equals(resource.provider())) {
                throw new InvalidResourceException(
                        common.isPresent() && resource.provider().isPresent()
                                ? "The resources belong to several resource providers: " + common.get() + " and "
                                        + resource.provider().get()
                                : "Some of the resources belong to a resource provider and some do not");
            }
            common = resource.provider();
            first = false;
        }
        return common;
    }
}
