package dev.proffer.protocol.resources;

import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.Resource.ReservationInfo;

/** How a resource on the wire states what it is reserved for. */
public enum ReservationFormat {
    /** A stack in {@code reservations}, and never {@code role}: for whoever has RESERVATION_REFINEMENT. */
    REFINED {
        @Override
        void apply(Resource.Builder resource) {
            clearOld(resource);
        }
    },

    /** {@code role} and {@code reservation}, which cannot state a refined reservation. */
    OLD {
        @Override
        void apply(Resource.Builder resource) {
            if (resource.getReservationsCount() > 1) {
                throw new IllegalArgumentException(
                        "resource '" + resource.getName() + "' is refined, which the old format cannot state");
            }
            addOld(resource);
            resource.clearReservations();
        }
    },

    /** Both at once, as in the answers of Mesos' operator endpoints. A refined reservation is in the stack alone. */
    BOTH {
        @Override
        void apply(Resource.Builder resource) {
            if (resource.getReservationsCount() > 1) {
                clearOld(resource);
            } else {
                addOld(resource);
            }
        }
    };

    /** Turns {@code resource}, whose reservations are in the stack, into this format. */
    abstract void apply(Resource.Builder resource);

    @SuppressWarnings("deprecation") // The old format is the deprecated field.
    private static void clearOld(Resource.Builder resource) {
        resource.clearRole().clearReservation();
    }

    @SuppressWarnings("deprecation") // The old format is the deprecated field.
    private static void addOld(Resource.Builder resource) {
        if (resource.getReservationsCount() == 0) {
            resource.setRole("*");
            return;
        }
        var only = resource.getReservations(0);
        resource.setRole(only.getRole());
        if (only.getType() == ReservationInfo.Type.DYNAMIC) {
            resource.setReservation(only.toBuilder().clearRole().clearType());
        }
    }
}
