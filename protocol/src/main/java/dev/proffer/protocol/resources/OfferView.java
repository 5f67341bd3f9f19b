package dev.proffer.protocol.resources;

import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.Resource;
import java.util.Set;

/**
 * An offer as a framework can read it. Frameworks ignore, without a word, offers in a form that their capabilities do not
 * promise.
 */
public final class OfferView {
    /** Mesos keeps these ports to its own network isolation. */
    private static final String HIDDEN = "ephemeral_ports";

    private OfferView() {}

    /**
     * {@code offer}, which states reservations as stacks and allocation roles everywhere, for a framework with {@code
     * capabilities}: without MULTI_ROLE no allocation roles, without RESERVATION_REFINEMENT the old format, in which refined
     * reservations are left out.
     */
    public static Offer of(Offer offer, Set<Capability.Type> capabilities) {
        boolean multiRole = capabilities.contains(Capability.Type.MULTI_ROLE);
        boolean refinement = capabilities.contains(Capability.Type.RESERVATION_REFINEMENT);
        var view = offer.toBuilder().clearResources();
        if (!multiRole) {
            view.clearAllocationInfo();
        }
        for (var resource : offer.getResourcesList()) {
            boolean readable = refinement || resource.getReservationsCount() <= 1;
            if (readable && !resource.getName().equals(HIDDEN)) {
                view.addResources(of(resource, multiRole, refinement));
            }
        }
        return view.build();
    }

    private static Resource of(Resource resource, boolean multiRole, boolean refinement) {
        var view = resource.toBuilder();
        if (!multiRole) {
            view.clearAllocationInfo();
        }
        (refinement ? ReservationFormat.REFINED : ReservationFormat.OLD).apply(view);
        return view.build();
    }
}
