package dev.proffer.operator.policy;

import dev.proffer.operator.kubernetes.ConditionEvents;
import dev.proffer.operator.kubernetes.Writer;
import dev.proffer.operator.plan.Conditions;
import dev.proffer.operator.plan.Verdict;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Writes the conditions that the operator judges, when they changed. Those of the leader stay as they are. */
@Singleton
public final class PolicyStatuses {
    private final Writer writer;
    private final ConditionEvents events;
    private final Clock clock;

    @Inject
    public PolicyStatuses(KubernetesClient client, ConditionEvents events, Clock clock) {
        this.writer = new Writer(client);
        this.events = events;
        this.clock = clock;
    }

    /**
     * @param observed the generation that the status speaks of now
     * @param before all conditions that there are now
     * @param change an object with nothing but that generation and those conditions
     */
    public <T extends HasMetadata> void write(
            T object,
            @Nullable Long observed,
            List<Condition> before,
            List<Verdict> verdicts,
            BiFunction<Long, List<Condition>, T> change) {
        long generation = object.getMetadata().getGeneration();
        var after = Conditions.of(verdicts, before, generation, clock.instant());
        boolean same = Objects.equals(observed, generation) && before.containsAll(after);
        if (same) {
            return;
        }
        var ours = change.apply(generation, after);
        ours.setMetadata(identity(object));
        writer.applyStatus(ours);
        events.changed(object, before, after);
    }

    private static ObjectMeta identity(HasMetadata object) {
        return new ObjectMetaBuilder()
                .withName(object.getMetadata().getName())
                .withNamespace(object.getMetadata().getNamespace())
                .withUid(object.getMetadata().getUid())
                .build();
    }
}
