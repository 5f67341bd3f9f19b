package dev.proffer.protocol.resources;

import dev.proffer.model.Disk;
import dev.proffer.model.Items;
import dev.proffer.model.Ranges;
import dev.proffer.model.Reservation;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.model.Scalar;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.Resource.DiskInfo;
import dev.proffer.protocol.v1.Resource.ReservationInfo;
import dev.proffer.protocol.v1.Value;
import dev.proffer.protocol.v1.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Resources from the model onto the wire. */
public final class ResourceWriter {
    private ResourceWriter() {}

    /**
     * @param allocatedTo the role that each resource is marked as allocated to, if any
     * @throws IllegalArgumentException if {@code format} cannot state a refined reservation
     */
    public static List<Resource> write(Resources resources, ReservationFormat format, Optional<RolePath> allocatedTo) {
        var allocation = allocatedTo.map(AllocationRoles::info);
        var wire = new ArrayList<Resource>(resources.asList().size());
        for (var resource : resources) {
            var builder = builder(resource);
            format.apply(builder);
            allocation.ifPresent(builder::setAllocationInfo);
            wire.add(builder.build());
        }
        return wire;
    }

    private static Resource.Builder builder(dev.proffer.model.Resource resource) {
        var wire = Resource.newBuilder().setName(resource.name());
        switch (resource.value()) {
            case Scalar scalar -> wire.setType(Value.Type.SCALAR).setScalar(scalar(scalar));
            case Ranges ranges -> wire.setType(Value.Type.RANGES).setRanges(ranges(ranges));
            case Items items -> wire.setType(Value.Type.SET).setSet(items(items));
        }
        for (var reservation : resource.reservations()) {
            wire.addReservations(reservation(reservation));
        }
        resource.disk().ifPresent(disk -> wire.setDisk(disk(disk)));
        if (resource.revocable()) {
            wire.setRevocable(Resource.RevocableInfo.getDefaultInstance());
        }
        if (resource.shared()) {
            wire.setShared(Resource.SharedInfo.getDefaultInstance());
        }
        resource.provider().ifPresent(id -> wire.getProviderIdBuilder().setValue(id));
        return wire;
    }

    static Value.Scalar scalar(Scalar scalar) {
        return Value.Scalar.newBuilder().setValue(scalar.toDouble()).build();
    }

    static Value.Ranges ranges(Ranges ranges) {
        var wire = Value.Ranges.newBuilder();
        for (int i = 0; i < ranges.size(); i++) {
            wire.addRange(Value.Range.newBuilder().setBegin(ranges.begin(i)).setEnd(ranges.end(i)));
        }
        return wire.build();
    }

    static Value.Set items(Items items) {
        return Value.Set.newBuilder().addAllItem(items.names()).build();
    }

    private static ReservationInfo reservation(Reservation reservation) {
        var wire = ReservationInfo.newBuilder()
                .setRole(reservation.role().value())
                .setType(
                        switch (reservation.kind()) {
                            case STATIC -> ReservationInfo.Type.STATIC;
                            case DYNAMIC -> ReservationInfo.Type.DYNAMIC;
                        });
        reservation.principal().ifPresent(wire::setPrincipal);
        if (!reservation.labels().isEmpty()) {
            wire.setLabels(LabelConversion.write(reservation.labels()));
        }
        return wire.build();
    }

    private static DiskInfo disk(Disk disk) {
        var wire = DiskInfo.newBuilder();
        disk.source().ifPresent(source -> wire.setSource(source(source)));
        disk.volume().ifPresent(volume -> {
            var persistence = wire.getPersistenceBuilder().setId(volume.id());
            volume.principal().ifPresent(persistence::setPrincipal);
            wire.getVolumeBuilder()
                    .setContainerPath(volume.containerPath())
                    .setMode(volume.readOnly() ? Volume.Mode.RO : Volume.Mode.RW);
        });
        return wire.build();
    }

    private static DiskInfo.Source source(Disk.Source source) {
        var wire = DiskInfo.Source.newBuilder();
        switch (source.type()) {
            case PATH -> {
                wire.setType(DiskInfo.Source.Type.PATH);
                source.root().ifPresent(root -> wire.getPathBuilder().setRoot(root));
            }
            case MOUNT -> {
                wire.setType(DiskInfo.Source.Type.MOUNT);
                source.root().ifPresent(root -> wire.getMountBuilder().setRoot(root));
            }
            case BLOCK -> wire.setType(DiskInfo.Source.Type.BLOCK);
            case RAW -> wire.setType(DiskInfo.Source.Type.RAW);
        }
        source.vendor().ifPresent(wire::setVendor);
        source.id().ifPresent(wire::setId);
        if (!source.metadata().isEmpty()) {
            wire.setMetadata(LabelConversion.write(source.metadata()));
        }
        source.profile().ifPresent(wire::setProfile);
        return wire.build();
    }
}
