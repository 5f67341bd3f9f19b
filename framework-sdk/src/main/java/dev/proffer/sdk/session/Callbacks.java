package dev.proffer.sdk.session;

import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.OperationStatus;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.scheduler.Event;
import dev.proffer.sdk.Scheduler;
import dev.proffer.sdk.SchedulerConfig.Acknowledgement;
import dev.proffer.sdk.SchedulerConfig.UnansweredOffers;
import java.util.List;

/** Turns events into the scheduler's callbacks, keeps the books before each, and does afterwards what is automatic. */
final class Callbacks {
    private final Scheduler scheduler;
    private final MasterCalls master;
    private final Outbound outbound;
    private final Acknowledgement acknowledgement;
    private final UnansweredOffers unansweredOffers;

    Callbacks(
            Scheduler scheduler,
            MasterCalls master,
            Outbound outbound,
            Acknowledgement acknowledgement,
            UnansweredOffers unansweredOffers) {
        this.scheduler = scheduler;
        this.master = master;
        this.outbound = outbound;
        this.acknowledgement = acknowledgement;
        this.unansweredOffers = unansweredOffers;
    }

    /** Events of a running subscription; SUBSCRIBED, ERROR and HEARTBEAT are the session's own. */
    void deliver(Event event) {
        switch (event.getType()) {
            case OFFERS -> offers(event.getOffers().getOffersList());
            case RESCIND -> {
                var offer = event.getRescind().getOfferId();
                outbound.note(books -> books.withdrawn(List.of(offer)));
                scheduler.onOfferRescinded(master, offer);
            }
            case UPDATE -> update(event.getUpdate().getStatus());
            case UPDATE_OPERATION_STATUS ->
                operation(event.getUpdateOperationStatus().getStatus());
            case INVERSE_OFFERS ->
                scheduler.onInverseOffers(master, event.getInverseOffers().getInverseOffersList());
            case RESCIND_INVERSE_OFFER ->
                scheduler.onInverseOfferRescinded(
                        master, event.getRescindInverseOffer().getInverseOfferId());
            case MESSAGE -> {
                var message = event.getMessage();
                scheduler.onMessage(master, message.getAgentId(), message.getExecutorId(), message.getData());
            }
            case FAILURE -> failure(event.getFailure());
            case SUBSCRIBED, ERROR, HEARTBEAT, UNKNOWN -> {}
        }
    }

    void update(TaskStatus status) {
        outbound.note(books -> books.updated(status));
        scheduler.onUpdate(master, status);
        if (acknowledgement == Acknowledgement.AUTOMATIC) {
            master.acknowledge(status);
        }
    }

    private void operation(OperationStatus status) {
        scheduler.onOperationUpdate(master, status);
        if (acknowledgement == Acknowledgement.AUTOMATIC) {
            master.acknowledge(status);
        }
    }

    private void offers(List<Offer> offers) {
        var ids = offers.stream().map(Offer::getId).toList();
        outbound.note(books -> ids.forEach(books::offered));
        scheduler.onOffers(master, offers);
        if (unansweredOffers == UnansweredOffers.DECLINE) {
            var left = outbound.from(books -> books.outstandingOf(ids));
            if (!left.isEmpty()) {
                master.declineIds(left);
            }
        }
    }

    private void failure(Event.Failure failure) {
        if (failure.hasExecutorId()) {
            scheduler.onExecutorLost(master, failure.getAgentId(), failure.getExecutorId(), failure.getStatus());
        } else {
            scheduler.onAgentLost(master, failure.getAgentId());
        }
    }
}
