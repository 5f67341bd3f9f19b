package dev.proffer.allocator;

import dev.proffer.model.Disk;
import dev.proffer.model.Labels;
import dev.proffer.model.Reservation;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Resources that the short form of text has no words for. */
public final class ResourceSamples {
    private ResourceSamples() {}

    public static Resources dynamic(String role, String resources) {
        return reserved(Reservation.Kind.DYNAMIC, role, resources);
    }

    public static Resources reserved(Reservation.Kind kind, String role, String resources) {
        return reserved(kind, role, Resources.parse(resources));
    }

    /** What is reserved already gets one reservation more, for a role below. */
    public static Resources reserved(Reservation.Kind kind, String role, Resources resources) {
        var reserved = new ArrayList<Resource>();
        for (var resource : resources) {
            reserved.add(resource.reserved(reservation(kind, role)));
        }
        return Resources.of(reserved);
    }

    private static Reservation reservation(Reservation.Kind kind, String role) {
        return new Reservation(kind, new RolePath(role), Optional.empty(), Labels.NONE);
    }

    public static Resources revocable(String name, double amount) {
        return Resources.of(Resource.scalar(name, amount).asRevocable());
    }

    /** A persistent volume of a disk that nobody reserved. */
    public static Resource volume(String id, double size) {
        return volume(List.of(), id, size);
    }

    public static Resource volume(Reservation.Kind kind, String role, String id, double size) {
        return volume(List.of(reservation(kind, role)), id, size);
    }

    private static Resource volume(List<Reservation> reservations, String id, double size) {
        var resource = Resource.scalar("disk", size)
                .withDisk(new Disk(
                        Optional.empty(), Optional.of(new Disk.PersistentVolume(id, Optional.empty(), "data", false))));
        for (var reservation : reservations) {
            resource = resource.reserved(reservation);
        }
        return resource;
    }

    /** A disk of its own, which can only be given away whole. */
    public static Resource mountedDisk(String root, double size) {
        var source = new Disk.Source(
                Disk.SourceType.MOUNT,
                Optional.of(root),
                Optional.empty(),
                Optional.empty(),
                Labels.NONE,
                Optional.empty());
        return Resource.scalar("disk", size).withDisk(new Disk(Optional.of(source), Optional.empty()));
    }
}
