package dev.proffer.operator.kubernetes;

import dev.proffer.operator.plan.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** An event for each condition that changed, whichever of them is good news. */
public final class ConditionEvents {
    /** Those whose being true is bad. */
    private static final Set<String> BAD = Set.of("Degraded", "DeletionBlocked", "Conflict");

    private final Events events;

    public ConditionEvents(Events events) {
        this.events = events;
    }

    /** Of an object whose conditions were {@code before} and are {@code after}. */
    public void changed(HasMetadata object, List<Condition> before, List<Condition> after) {
        for (var condition : after) {
            var former = Conditions.find(before, condition.getType());
            boolean same = former.isPresent()
                    && Objects.equals(former.get().getStatus(), condition.getStatus())
                    && Objects.equals(former.get().getReason(), condition.getReason());
            if (same || (former.isEmpty() && isInitial(condition))) {
                continue;
            }
            if (isGood(condition)) {
                events.normal(object, condition.getReason(), condition.getMessage());
            } else {
                events.warning(object, condition.getReason(), condition.getMessage());
            }
        }
    }

    private static boolean isGood(Condition condition) {
        return BAD.contains(condition.getType()) != "True".equals(condition.getStatus())
                || condition.getType().equals("Progressing")
                || condition.getType().equals("Paused");
    }

    /** That something new is not ready at once is no news. */
    private static boolean isInitial(Condition condition) {
        return condition.getReason().startsWith("NoMaster")
                || condition.getReason().startsWith("NoLeader");
    }
}
