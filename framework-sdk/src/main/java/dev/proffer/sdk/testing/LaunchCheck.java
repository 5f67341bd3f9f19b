package dev.proffer.sdk.testing;

import dev.proffer.model.Resources;
import dev.proffer.protocol.resources.InvalidResourceException;
import dev.proffer.protocol.resources.ResourceReader;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.OfferID;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Refuses launches that a real master would refuse: on offers that are void, and beyond what they hold. */
final class LaunchCheck {
    private final Map<OfferID, Offer> outstanding = new LinkedHashMap<>();

    record Verdict(List<TaskInfo> launched, List<TaskStatus> refused) {}

    void offered(Offer offer) {
        outstanding.put(offer.getId(), offer);
    }

    void withdrawn(OfferID offer) {
        outstanding.remove(offer);
    }

    void allWithdrawn() {
        outstanding.clear();
    }

    Verdict judge(Call.Accept accept) {
        var offers = new ArrayList<Offer>();
        boolean allValid = true;
        for (var id : accept.getOfferIdsList()) {
            var offer = outstanding.remove(id);
            allValid &= offer != null;
            if (offer != null) {
                offers.add(offer);
            }
        }
        var launched = new ArrayList<TaskInfo>();
        var refused = new ArrayList<TaskStatus>();
        var left = offers.stream()
                .map(offer -> resources(offer.getResourcesList()))
                .reduce(Resources.EMPTY, Resources::plus);
        for (var operation : accept.getOperationsList()) {
            for (var task : operation.getLaunch().getTaskInfosList()) {
                var wanted = resources(task.getResourcesList());
                if (!allValid) {
                    refused.add(refusal(
                            task, TaskState.TASK_DROPPED, TaskStatus.Reason.REASON_INVALID_OFFERS, "an offer is void"));
                } else if (!left.contains(wanted)) {
                    refused.add(refusal(
                            task,
                            TaskState.TASK_ERROR,
                            TaskStatus.Reason.REASON_TASK_INVALID,
                            "the task uses " + wanted + ", but only " + left + " is left of the offer"));
                } else {
                    left = left.minus(wanted);
                    launched.add(task);
                }
            }
        }
        return new Verdict(launched, refused);
    }

    private static TaskStatus refusal(TaskInfo task, TaskState state, TaskStatus.Reason reason, String message) {
        return TaskStatus.newBuilder()
                .setTaskId(task.getTaskId())
                .setAgentId(task.getAgentId())
                .setState(state)
                .setSource(TaskStatus.Source.SOURCE_MASTER)
                .setReason(reason)
                .setMessage(message)
                .build();
    }

    private static Resources resources(List<dev.proffer.protocol.v1.Resource> wire) {
        try {
            return ResourceReader.read(wire);
        } catch (InvalidResourceException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
