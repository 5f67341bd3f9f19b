package dev.proffer.operator.plan;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Conditions as Kubernetes writes them: the time of a condition moves only when its value does. */
public final class Conditions {
    /** The API server takes no longer ones. */
    private static final int LONGEST_MESSAGE = 32_768;

    private Conditions() {}

    public static List<Condition> of(List<Verdict> verdicts, List<Condition> before, long generation, Instant now) {
        return verdicts.stream()
                .map(verdict -> of(verdict, find(before, verdict.type()), generation, now))
                .toList();
    }

    public static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    private static Condition of(Verdict verdict, Optional<Condition> before, long generation, Instant now) {
        var since = before.filter(
                        it -> Objects.equals(it.getStatus(), verdict.answer().text()))
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
        return new ConditionBuilder()
                .withType(verdict.type())
                .withStatus(verdict.answer().text())
                .withReason(verdict.reason())
                .withMessage(cut(verdict.message()))
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build();
    }

    private static String cut(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    }
}
