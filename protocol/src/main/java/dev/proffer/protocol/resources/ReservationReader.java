package dev.proffer.protocol.resources;

import dev.proffer.model.Labels;
import dev.proffer.model.Reservation;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.Resource.ReservationInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reservation stack of a resource, whichever of the two formats states it. */
final class ReservationReader {
    private ReservationReader() {}

    static List<Reservation> read(Resource wire) throws InvalidResourceException {
        return wire.getReservationsCount() > 0 ? refined(wire) : old(wire);
    }

    @SuppressWarnings("deprecation") // The old format is the deprecated field.
    private static List<Reservation> old(Resource wire) throws InvalidResourceException {
        var rules = Rules.ofResource(wire.getName());
        boolean reserved = !wire.getRole().equals(RolePath.STAR.value());
        if (!wire.hasReservation()) {
            return reserved ? List.of(Reservation.fixed(role(wire.getRole(), rules))) : List.of();
        }
        var info = wire.getReservation();
        rules.refuse(
                info.hasType() || info.hasRole(),
                "'reservation' must have neither 'type' nor 'role'; state both in 'reservations' instead");
        rules.refuse(!reserved, "a dynamic reservation needs a role other than '*'");
        return List.of(reservation(Reservation.Kind.DYNAMIC, role(wire.getRole(), rules), info));
    }

    private static List<Reservation> refined(Resource wire) throws InvalidResourceException {
        var rules = Rules.ofResource(wire.getName());
        rules.refuse(hasRole(wire), "'role' must not be set where 'reservations' is");
        rules.refuse(wire.hasReservation(), "'reservation' must not be set where 'reservations' is");
        var stack = new ArrayList<Reservation>(wire.getReservationsCount());
        for (var info : wire.getReservationsList()) {
            var next = entry(info, rules);
            if (!stack.isEmpty()) {
                var below = stack.getLast();
                rules.refuse(
                        next.kind() != Reservation.Kind.DYNAMIC,
                        "only the first reservation can be STATIC; that for role '" + next.role()
                                + "' must be DYNAMIC");
                rules.refuse(
                        !below.role().isAncestorOf(next.role()),
                        "role '" + next.role() + "' does not refine role '" + below.role() + "': it must lie below it");
            }
            stack.add(next);
        }
        return stack;
    }

    @SuppressWarnings("deprecation") // The old format is the deprecated field.
    private static boolean hasRole(Resource wire) {
        return wire.hasRole();
    }

    private static Reservation entry(ReservationInfo info, Rules rules) throws InvalidResourceException {
        rules.refuse(!info.hasRole(), "each entry of 'reservations' needs a 'role'");
        var kind = switch (info.getType()) {
            case STATIC -> Reservation.Kind.STATIC;
            case DYNAMIC -> Reservation.Kind.DYNAMIC;
            case UNKNOWN -> throw rules.violation("each entry of 'reservations' needs the 'type' STATIC or DYNAMIC");
        };
        return reservation(kind, role(info.getRole(), rules), info);
    }

    private static RolePath role(String role, Rules rules) throws InvalidResourceException {
        var problem = RolePath.problemWith(role);
        if (problem.isPresent()) {
            throw rules.violation("cannot be reserved: " + problem.get());
        }
        rules.refuse(role.equals(RolePath.STAR.value()), "nothing can be reserved for role '*'");
        return new RolePath(role);
    }

    private static Reservation reservation(Reservation.Kind kind, RolePath role, ReservationInfo info) {
        return new Reservation(
                kind,
                role,
                info.hasPrincipal() ? Optional.of(info.getPrincipal()) : Optional.empty(),
                info.hasLabels() ? LabelConversion.read(info.getLabels()) : Labels.NONE);
    }
}
