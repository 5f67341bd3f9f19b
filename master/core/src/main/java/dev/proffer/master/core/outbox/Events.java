package dev.proffer.master.core.outbox;

import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.OfferId;
import dev.proffer.protocol.v1.InverseOffer;
import dev.proffer.protocol.v1.MasterInfo;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.OperationStatus;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.scheduler.Event;
import java.time.Duration;
import java.util.List;

/** The events of a scheduler's stream. */
public final class Events {
    private static final Event HEARTBEAT =
            Event.newBuilder().setType(Event.Type.HEARTBEAT).build();

    private Events() {}

    public static Event subscribed(FrameworkId framework, Duration heartbeatInterval, MasterInfo master) {
        return Event.newBuilder()
                .setType(Event.Type.SUBSCRIBED)
                .setSubscribed(Event.Subscribed.newBuilder()
                        .setFrameworkId(WireIds.of(framework))
                        .setHeartbeatIntervalSeconds(heartbeatInterval.toNanos() / 1e9)
                        .setMasterInfo(master))
                .build();
    }

    public static Event heartbeat() {
        return HEARTBEAT;
    }

    public static Event offers(List<Offer> offers) {
        return Event.newBuilder()
                .setType(Event.Type.OFFERS)
                .setOffers(Event.Offers.newBuilder().addAllOffers(offers))
                .build();
    }

    public static Event rescind(OfferId offer) {
        return Event.newBuilder()
                .setType(Event.Type.RESCIND)
                .setRescind(Event.Rescind.newBuilder().setOfferId(WireIds.of(offer)))
                .build();
    }

    public static Event inverseOffers(List<InverseOffer> offers) {
        return Event.newBuilder()
                .setType(Event.Type.INVERSE_OFFERS)
                .setInverseOffers(Event.InverseOffers.newBuilder().addAllInverseOffers(offers))
                .build();
    }

    public static Event rescindInverse(OfferId offer) {
        return Event.newBuilder()
                .setType(Event.Type.RESCIND_INVERSE_OFFER)
                .setRescindInverseOffer(Event.RescindInverseOffer.newBuilder().setInverseOfferId(WireIds.of(offer)))
                .build();
    }

    public static Event update(TaskStatus status) {
        return Event.newBuilder()
                .setType(Event.Type.UPDATE)
                .setUpdate(Event.Update.newBuilder().setStatus(status))
                .build();
    }

    public static Event updateOperation(OperationStatus status) {
        return Event.newBuilder()
                .setType(Event.Type.UPDATE_OPERATION_STATUS)
                .setUpdateOperationStatus(
                        Event.UpdateOperationStatus.newBuilder().setStatus(status))
                .build();
    }

    /** An agent is lost. */
    public static Event failure(AgentId agent) {
        return Event.newBuilder()
                .setType(Event.Type.FAILURE)
                .setFailure(Event.Failure.newBuilder().setAgentId(WireIds.of(agent)))
                .build();
    }

    /** The last event of a stream. */
    public static Event error(String message) {
        return Event.newBuilder()
                .setType(Event.Type.ERROR)
                .setError(Event.Error.newBuilder().setMessage(message))
                .build();
    }
}
