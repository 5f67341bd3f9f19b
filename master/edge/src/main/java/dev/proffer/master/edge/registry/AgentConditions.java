package dev.proffer.master.edge.registry;

import dev.proffer.master.core.registry.Draining;
import dev.proffer.protocol.link.Problem;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The conditions of Agent objects. Their times of change are facts that the next leader needs. */
final class AgentConditions {
    /** It is offered. */
    static final String READY = "Ready";

    /** Present while a drain is wished; false until the agent is empty. */
    static final String DRAINED = "Drained";

    /** It finds nothing on its machine that keeps it from offering all that it was configured to. */
    static final String HEALTHY = "Healthy";

    private static final Set<String> OWN = Set.of(READY, DRAINED, HEALTHY);

    /** As the schema has it. */
    private static final int LONGEST_MESSAGE = 1024;

    private AgentConditions() {}

    /** When the condition came to what it is. */
    static Optional<Instant> since(List<Condition> conditions, String type) {
        return find(conditions, type).flatMap(known -> AgentObjects.time(known.getLastTransitionTime()));
    }

    /** How far a drain is; it began when the condition turned false. */
    static Optional<Draining> draining(List<Condition> conditions) {
        return find(conditions, DRAINED)
                .flatMap(known -> AgentObjects.time(known.getLastTransitionTime())
                        .map(since -> new Draining(since, "True".equals(known.getStatus()))));
    }

    static Condition ready(boolean offered, String reason, String message, Instant now) {
        return condition(READY, offered, reason, message, now);
    }

    static Condition healthy(List<Problem> problems, Instant now) {
        return problems.isEmpty()
                ? condition(HEALTHY, true, "NoProblem", "it can offer all that it was configured to", now)
                : condition(HEALTHY, false, problems.getFirst().getName(), complaint(problems), now);
    }

    static String complaint(List<Problem> problems) {
        var text = problems.stream().map(Problem::getMessage).collect(Collectors.joining("; "));
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE - 1) + "…";
    }

    /** What an agent's problems were; of several, the first one's name stands for all. */
    static List<Problem> problems(List<Condition> conditions) {
        return find(conditions, HEALTHY)
                .filter(known -> "False".equals(known.getStatus()))
                .map(known -> Problem.newBuilder()
                        .setName(known.getReason())
                        .setMessage(known.getMessage())
                        .build())
                .stream()
                .toList();
    }

    static Condition drained(Draining draining, Instant now) {
        return draining.done()
                ? condition(DRAINED, true, "Empty", "no task is left", now)
                : condition(DRAINED, false, "Draining", "tasks are left", draining.since());
    }

    /** The times of {@code before} stay where nothing turned; conditions of others stay. */
    static List<Condition> merged(List<Condition> before, List<Condition> after) {
        var others = before.stream().filter(known -> !OWN.contains(known.getType()));
        var own = after.stream()
                .map(fresh -> find(before, fresh.getType())
                        .filter(known -> fresh.getStatus().equals(known.getStatus()))
                        .map(known -> new ConditionBuilder(fresh)
                                .withLastTransitionTime(known.getLastTransitionTime())
                                .build())
                        .orElse(fresh));
        return Stream.concat(own, others).toList();
    }

    private static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream().filter(known -> type.equals(known.getType())).findFirst();
    }

    private static Condition condition(String type, boolean status, String reason, String message, Instant since) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status ? "True" : "False")
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(since.truncatedTo(ChronoUnit.SECONDS).toString())
                .build();
    }
}
