package dev.proffer.sdk.testing;

import com.google.protobuf.ByteString;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.resources.ReservationFormat;
import dev.proffer.protocol.resources.ResourceWriter;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.OfferID;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.protocol.v1.scheduler.Event;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** Words what a scripted master says, with ids that count up. */
final class ScriptedEvents {
    private static final int UUID_BYTES = 16;

    private final Duration heartbeat;

    private FrameworkID frameworkId =
            FrameworkID.newBuilder().setValue("framework-1").build();
    private String role = "*";
    private int offers;
    private long updates;

    ScriptedEvents(Duration heartbeat) {
        this.heartbeat = heartbeat;
    }

    Event subscribed(Call subscribe) {
        if (subscribe.hasFrameworkId()) {
            frameworkId = subscribe.getFrameworkId();
        }
        var info = subscribe.getSubscribe().getFrameworkInfo();
        role = info.getRolesCount() > 0 ? info.getRoles(0) : "*";
        var event = Event.newBuilder().setType(Event.Type.SUBSCRIBED);
        event.getSubscribedBuilder()
                .setFrameworkId(frameworkId)
                .setHeartbeatIntervalSeconds(heartbeat.toMillis() / 1000.0);
        return event.build();
    }

    static Event heartbeat() {
        return Event.newBuilder().setType(Event.Type.HEARTBEAT).build();
    }

    Offer offer(String agent, String resources) {
        offers++;
        var offer = Offer.newBuilder().setFrameworkId(frameworkId).setHostname(agent);
        offer.getIdBuilder().setValue("offer-" + offers);
        offer.getAgentIdBuilder().setValue(agent);
        offer.getAllocationInfoBuilder().setRole(role);
        offer.addAllResources(ResourceWriter.write(
                Resources.parse(resources), ReservationFormat.REFINED, Optional.of(new RolePath(role))));
        return offer.build();
    }

    Event offers(Offer offer) {
        var event = Event.newBuilder().setType(Event.Type.OFFERS);
        event.getOffersBuilder().addOffers(offer);
        return event.build();
    }

    Event rescind(OfferID offer) {
        var event = Event.newBuilder().setType(Event.Type.RESCIND);
        event.getRescindBuilder().setOfferId(offer);
        return event.build();
    }

    TaskStatus status(String task, String agent, TaskState state) {
        updates++;
        var uuid = ByteBuffer.allocate(UUID_BYTES).putLong(0).putLong(updates).flip();
        var status = TaskStatus.newBuilder()
                .setState(state)
                .setSource(TaskStatus.Source.SOURCE_EXECUTOR)
                .setUuid(ByteString.copyFrom(uuid));
        status.getTaskIdBuilder().setValue(task);
        status.getAgentIdBuilder().setValue(agent);
        return status.build();
    }
}
