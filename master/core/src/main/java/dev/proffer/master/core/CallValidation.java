package dev.proffer.master.core;

import com.google.protobuf.ByteString;
import dev.proffer.model.Principal;
import dev.proffer.protocol.v1.OfferID;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.List;
import java.util.Optional;

/**
 * What a scheduler's call must look like before it reaches the core: whatever needs no state to be judged. Pure, so any
 * thread may ask.
 */
public final class CallValidation {
    private static final int UUID_BYTES = 16;

    private CallValidation() {}

    /**
     * Why a call is refused.
     *
     * @param status the HTTP status
     * @param text names the field and says what would do
     */
    public record Refusal(int status, String text) {
        static Refusal malformed(String problem) {
            return new Refusal(400, "Invalid call: " + problem);
        }
    }

    /**
     * The first problem of the call's form, or nothing. Required fields that are missing were found when it was decoded.
     *
     * @param principal who the edge authenticated, if it asks
     */
    public static Optional<Refusal> check(Call call, Optional<Principal> principal) {
        if (!call.hasType()) {
            return Optional.of(Refusal.malformed("'type' must be set to a type of call that exists"));
        }
        return (call.getType() == Call.Type.SUBSCRIBE ? subscribeProblem(call, principal) : otherProblem(call))
                .map(Refusal::malformed);
    }

    private static Optional<String> subscribeProblem(Call call, Optional<Principal> principal) {
        if (!call.hasSubscribe()) {
            return missing("subscribe");
        }
        var info = call.getSubscribe().getFrameworkInfo();
        if (!call.getFrameworkId().getValue().equals(info.getId().getValue())) {
            return Optional.of("'framework_id' and 'subscribe.framework_info.id' must be equal");
        }
        return principal
                .filter(authenticated ->
                        info.hasPrincipal() && !info.getPrincipal().equals(authenticated.name()))
                .map(authenticated -> "'subscribe.framework_info.principal' must be unset or the authenticated '"
                        + authenticated + "', but is '" + info.getPrincipal() + "'");
    }

    private static Optional<String> otherProblem(Call call) {
        return named("framework_id", call.getFrameworkId().getValue()).or(() -> payloadProblem(call));
    }

    private static Optional<String> payloadProblem(Call call) {
        return switch (call.getType()) {
            case UNKNOWN, SUBSCRIBE, TEARDOWN, REVIVE, SUPPRESS -> Optional.empty();
            case ACCEPT ->
                required("accept", call.hasAccept())
                        .or(() -> offersProblem("accept", call.getAccept().getOfferIdsList()));
            case DECLINE ->
                required("decline", call.hasDecline())
                        .or(() -> offersProblem("decline", call.getDecline().getOfferIdsList()));
            case ACCEPT_INVERSE_OFFERS -> required("accept_inverse_offers", call.hasAcceptInverseOffers());
            case DECLINE_INVERSE_OFFERS -> required("decline_inverse_offers", call.hasDeclineInverseOffers());
            case KILL -> required("kill", call.hasKill()).or(() -> killProblem(call.getKill()));
            case SHUTDOWN -> required("shutdown", call.hasShutdown());
            case ACKNOWLEDGE ->
                required("acknowledge", call.hasAcknowledge()).or(() -> acknowledgementProblem(call.getAcknowledge()));
            case ACKNOWLEDGE_OPERATION_STATUS ->
                required("acknowledge_operation_status", call.hasAcknowledgeOperationStatus())
                        .or(() -> operationAcknowledgementProblem(call.getAcknowledgeOperationStatus()));
            case RECONCILE ->
                required("reconcile", call.hasReconcile()).or(() -> reconcileProblem(call.getReconcile()));
            case RECONCILE_OPERATIONS -> required("reconcile_operations", call.hasReconcileOperations());
            case MESSAGE -> required("message", call.hasMessage());
            case REQUEST -> required("request", call.hasRequest());
            case UPDATE_FRAMEWORK ->
                required("update_framework", call.hasUpdateFramework()).or(() -> updateProblem(call));
        };
    }

    private static Optional<String> offersProblem(String call, List<OfferID> offers) {
        return offers.stream()
                .flatMap(offer -> named(call + ".offer_ids", offer.getValue()).stream())
                .findFirst();
    }

    private static Optional<String> killProblem(Call.Kill kill) {
        return named("kill.task_id", kill.getTaskId().getValue())
                .or(() -> kill.hasAgentId()
                        ? named("kill.agent_id", kill.getAgentId().getValue())
                        : Optional.empty());
    }

    private static Optional<String> acknowledgementProblem(Call.Acknowledge call) {
        return uuidProblem("acknowledge.uuid", call.getUuid())
                .or(() -> named("acknowledge.task_id", call.getTaskId().getValue()))
                .or(() -> named("acknowledge.agent_id", call.getAgentId().getValue()));
    }

    private static Optional<String> reconcileProblem(Call.Reconcile call) {
        for (var task : call.getTasksList()) {
            var problem = named("reconcile.tasks.task_id", task.getTaskId().getValue())
                    .or(() -> task.hasAgentId()
                            ? named(
                                    "reconcile.tasks.agent_id",
                                    task.getAgentId().getValue())
                            : Optional.empty());
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> operationAcknowledgementProblem(Call.AcknowledgeOperationStatus call) {
        return uuidProblem("acknowledge_operation_status.uuid", call.getUuid())
                .or(() -> required("acknowledge_operation_status.agent_id", call.hasAgentId()));
    }

    private static Optional<String> updateProblem(Call call) {
        var id = call.getUpdateFramework().getFrameworkInfo().getId();
        return call.getFrameworkId().getValue().equals(id.getValue())
                ? Optional.empty()
                : Optional.of("'framework_id' and 'update_framework.framework_info.id' must be equal");
    }

    private static Optional<String> uuidProblem(String field, ByteString uuid) {
        return uuid.size() == UUID_BYTES
                ? Optional.empty()
                : Optional.of("'" + field + "' must be a UUID of " + UUID_BYTES + " bytes, but has " + uuid.size());
    }

    private static Optional<String> required(String field, boolean present) {
        return present ? Optional.empty() : missing(field);
    }

    /** Ids are never empty. */
    private static Optional<String> named(String field, String id) {
        return id.isEmpty() ? Optional.of("'" + field + "' must be set and not empty") : Optional.empty();
    }

    private static Optional<String> missing(String field) {
        return Optional.of("'" + field + "' must be set");
    }
}
