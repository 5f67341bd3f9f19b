package dev.proffer.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One resource of an agent, and everything that makes it different from others of its name.
 *
 * @param reservations the reservation stack, outermost first; empty for unreserved
 * @param revocable whether it may be taken back at any time
 * @param shared whether several tasks may use it at once (persistent volumes only)
 * @param provider the resource provider that manages it, if it is not the agent itself
 */
public record Resource(
        String name,
        Value value,
        List<Reservation> reservations,
        Optional<Disk> disk,
        boolean revocable,
        boolean shared,
        Optional<String> provider) {

    public Resource {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a resource needs a name");
        }
        reservations = List.copyOf(reservations);
        if (shared && disk.flatMap(Disk::volume).isEmpty()) {
            throw new IllegalArgumentException("resource '" + name + "' is shared but is no persistent volume");
        }
    }

    /** An unreserved, ordinary resource. */
    public static Resource of(String name, Value value) {
        return new Resource(name, value, List.of(), Optional.empty(), false, false, Optional.empty());
    }

    public static Resource scalar(String name, double amount) {
        return of(name, Scalar.of(amount));
    }

    public Resource withValue(Value newValue) {
        return new Resource(name, newValue, reservations, disk, revocable, shared, provider);
    }

    public Resource withDisk(Disk newDisk) {
        return new Resource(name, value, reservations, Optional.of(newDisk), revocable, shared, provider);
    }

    public Resource asRevocable() {
        return new Resource(name, value, reservations, disk, true, shared, provider);
    }

    public Resource asShared() {
        return new Resource(name, value, reservations, disk, revocable, true, provider);
    }

    /** This resource with {@code reservation} on top of its stack. */
    public Resource reserved(Reservation reservation) {
        var stack = new ArrayList<>(reservations);
        stack.add(reservation);
        return new Resource(name, value, stack, disk, revocable, shared, provider);
    }

    /** This resource without the top of its reservation stack. */
    public Resource unreserved() {
        if (reservations.isEmpty()) {
            throw new IllegalStateException("resource '" + name + "' is not reserved");
        }
        return new Resource(
                name, value, reservations.subList(0, reservations.size() - 1), disk, revocable, shared, provider);
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    public boolean isScalar() {
        return value instanceof Scalar;
    }

    public boolean isReserved() {
        return !reservations.isEmpty();
    }

    /** Whether the stack has more than one entry, which only frameworks with RESERVATION_REFINEMENT understand. */
    public boolean isRefined() {
        return reservations.size() > 1;
    }

    /** The role that holds it now: the top of the stack; empty for unreserved. */
    public Optional<RolePath> reservedRole() {
        return reservations.isEmpty()
                ? Optional.empty()
                : Optional.of(reservations.getLast().role());
    }

    /** Whether {@code role} may have it: unreserved, or reserved for that role or an ancestor of it. */
    public boolean isAllocatableTo(RolePath role) {
        if (reservations.isEmpty()) {
            return true;
        }
        var holder = reservations.getLast().role();
        return holder.equals(role) || holder.isAncestorOf(role);
    }

    public boolean isPersistentVolume() {
        return disk.flatMap(Disk::volume).isPresent();
    }

    /** Whether it can be cut into smaller pieces. */
    public boolean isDivisible() {
        return !shared && disk.filter(Disk::isIndivisible).isEmpty();
    }

    /** Whether both are the same but for their value. */
    boolean isLike(Resource other) {
        return name.equals(other.name)
                && value.getClass() == other.value.getClass()
                && revocable == other.revocable
                && shared == other.shared
                && reservations.equals(other.reservations)
                && disk.equals(other.disk)
                && provider.equals(other.provider);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(name);
        for (var reservation : reservations) {
            text.append('(').append(reservation.role()).append(')');
        }
        disk.flatMap(Disk::volume)
                .ifPresent(volume -> text.append("[").append(volume.id()).append("]"));
        if (revocable) {
            text.append("{REV}");
        }
        if (shared) {
            text.append("<SHARED>");
        }
        return text.append(':').append(value).toString();
    }
}
