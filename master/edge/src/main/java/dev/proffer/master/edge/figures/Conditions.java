package dev.proffer.master.edge.figures;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The leader's own conditions among those of the operator. */
final class Conditions {
    private Conditions() {}

    /** Others stay as they are; the time is that of the last change of the status. */
    static List<Condition> with(
            List<Condition> before, String type, boolean status, String reason, String message, Instant now) {
        var value = status ? "True" : "False";
        var after = new ArrayList<Condition>();
        var since = now.truncatedTo(ChronoUnit.SECONDS).toString();
        for (var condition : before) {
            if (!condition.getType().equals(type)) {
                after.add(condition);
            } else if (value.equals(condition.getStatus())) {
                since = condition.getLastTransitionTime();
            }
        }
        after.add(new ConditionBuilder()
                .withType(type)
                .withStatus(value)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(since)
                .build());
        return after;
    }
}
