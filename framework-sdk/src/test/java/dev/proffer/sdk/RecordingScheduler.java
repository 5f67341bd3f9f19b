package dev.proffer.sdk;

import com.google.protobuf.ByteString;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.ExecutorID;
import dev.proffer.protocol.v1.InverseOffer;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.OfferID;
import dev.proffer.protocol.v1.OperationStatus;
import dev.proffer.protocol.v1.TaskStatus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Notes each callback as a line, and does on offers and updates what the test wants. */
public final class RecordingScheduler implements Scheduler {
    public final List<String> lines = new CopyOnWriteArrayList<>();
    public final List<TaskStatus> updates = new CopyOnWriteArrayList<>();
    public final List<CallFailure> failures = new CopyOnWriteArrayList<>();
    public final List<Offer> offers = new CopyOnWriteArrayList<>();
    public volatile BiConsumer<Master, Offer> onOffer = (_, _) -> {};
    public volatile BiConsumer<Master, TaskStatus> onUpdate = (_, _) -> {};

    /** Launches one task of that id on the first offer and leaves later ones alone. */
    public RecordingScheduler launching(String task) {
        onOffer = (master, offer) -> {
            if (offers.size() == 1) {
                var use = OfferUse.of(offer);
                use.launch(TaskSpec.shell(task, "true").cpus(1));
                master.accept(use);
            }
        };
        return this;
    }

    @Override
    public void onSubscribed(Master master, Subscription subscription) {
        lines.add("subscribed " + subscription.frameworkId().getValue() + (subscription.again() ? " again" : ""));
    }

    @Override
    public void onDisconnected(Master master, String reason) {
        lines.add("disconnected: " + reason);
    }

    @Override
    public void onOffers(Master master, List<Offer> received) {
        for (var offer : received) {
            lines.add("offer " + offer.getId().getValue());
            offers.add(offer);
            onOffer.accept(master, offer);
        }
    }

    @Override
    public void onOfferRescinded(Master master, OfferID offer) {
        lines.add("rescinded " + offer.getValue());
    }

    @Override
    public void onUpdate(Master master, TaskStatus status) {
        lines.add("update " + status.getTaskId().getValue() + " " + status.getState());
        updates.add(status);
        onUpdate.accept(master, status);
    }

    @Override
    public void onOperationUpdate(Master master, OperationStatus status) {
        lines.add("operation " + status.getOperationId().getValue() + " " + status.getState());
    }

    @Override
    public void onInverseOffers(Master master, List<InverseOffer> inverseOffers) {
        lines.add("inverse offers " + inverseOffers.size());
    }

    @Override
    public void onInverseOfferRescinded(Master master, OfferID inverseOffer) {
        lines.add("inverse rescinded " + inverseOffer.getValue());
    }

    @Override
    public void onMessage(Master master, AgentID agent, ExecutorID executor, ByteString data) {
        lines.add("message " + data.toStringUtf8());
    }

    @Override
    public void onAgentLost(Master master, AgentID agent) {
        lines.add("agent lost " + agent.getValue());
    }

    @Override
    public void onExecutorLost(Master master, AgentID agent, ExecutorID executor, int status) {
        lines.add("executor lost " + executor.getValue() + " " + status);
    }

    @Override
    public void onCallFailed(Master master, CallFailure failure) {
        lines.add("failed " + failure.call().getType() + " " + failure.kind());
        failures.add(failure);
    }
}
