package dev.proffer.master.core.offers;

import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.outbox.WireIds;
import dev.proffer.master.core.outbox.WireTimes;
import dev.proffer.master.core.snapshot.InverseOfferSnapshot;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.protocol.resources.OfferView;
import dev.proffer.protocol.resources.ReservationFormat;
import dev.proffer.protocol.resources.ResourceWriter;
import dev.proffer.protocol.v1.Address;
import dev.proffer.protocol.v1.DurationInfo;
import dev.proffer.protocol.v1.InverseOffer;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.URL;
import dev.proffer.protocol.v1.Unavailability;
import java.util.Optional;

/** Offers as frameworks read them. */
final class OfferMessages {
    /** Where clients look for an agent's endpoints, as in Mesos. */
    private static final String AGENT_PATH = "/slave(1)";

    private OfferMessages() {}

    static Offer message(OfferSnapshot offer, Framework framework, Agent agent) {
        var info = agent.profile().info();
        var message = Offer.newBuilder()
                .setId(WireIds.of(offer.id()))
                .setFrameworkId(WireIds.of(framework.id()))
                .setAgentId(WireIds.of(agent.id()))
                .setHostname(info.getHostname())
                .setUrl(url(agent))
                .addAllResources(
                        ResourceWriter.write(offer.resources(), ReservationFormat.REFINED, Optional.of(offer.role())))
                .addAllAttributes(info.getAttributesList())
                .setAllocationInfo(Resource.AllocationInfo.newBuilder()
                        .setRole(offer.role().value()));
        if (info.hasDomain()) {
            message.setDomain(info.getDomain());
        }
        agent.prospects().unavailability().ifPresent(window -> message.setUnavailability(message(window)));
        return OfferView.of(message.build(), framework.capabilities().types());
    }

    /** Without resources: all that the framework holds there is meant. */
    static InverseOffer message(InverseOfferSnapshot offer, Agent agent) {
        return InverseOffer.newBuilder()
                .setId(WireIds.of(offer.id()))
                .setUrl(url(agent))
                .setFrameworkId(WireIds.of(offer.framework()))
                .setAgentId(WireIds.of(agent.id()))
                .setUnavailability(message(offer.unavailability()))
                .build();
    }

    private static Unavailability message(dev.proffer.allocator.Unavailability window) {
        var message = Unavailability.newBuilder().setStart(WireTimes.of(window.start()));
        window.duration()
                .ifPresent(duration ->
                        message.setDuration(DurationInfo.newBuilder().setNanoseconds(duration.toNanos())));
        return message.build();
    }

    private static URL url(Agent agent) {
        var info = agent.profile().info();
        var address = Address.newBuilder().setHostname(info.getHostname()).setPort(info.getPort());
        agent.profile().ip().ifPresent(address::setIp);
        return URL.newBuilder()
                .setScheme("http")
                .setAddress(address)
                .setPath(AGENT_PATH)
                .build();
    }
}
