package dev.proffer.crds.framework;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.Allocation;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operator judges the conditions and reports the scheduler, the leading master writes what it sees of the framework.
 *
 * @param instances the first few
 */
@ApiType
@ValidationRule(value = Rules.TERM_STAYS, message = Rules.TERM_STAYS_MESSAGE)
public record FrameworkStatus(
        @JsonPropertyDescription("The generation of the spec that the conditions speak of.") @Nullable
        Long observedGeneration,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Ready: admitted, with credentials. OffersFlowing: it gets offers; the reason says what stands in the way.")
        List<Condition> conditions,

        @ValidationRule(value = Rules.TERM_NEVER_FALLS, message = Rules.TERM_NEVER_FALLS_MESSAGE)
        @JsonPropertyDescription("The term of the master that wrote the figures.")
        @Nullable
        Long term,

        @JsonPropertyDescription("Whether an instance is connected.") @Nullable
        Boolean connected,

        @JsonPropertyDescription("How many framework ids there are.") @Nullable
        Integer instanceCount,

        @Size(max = 10) @JsonPropertyDescription("The first few of them.")
        List<Instance> instances,

        @JsonPropertyDescription("How many tasks are not terminal.") @Nullable
        Integer tasks,

        @Size(max = 64) @JsonPropertyDescription("What the instances hold together.")
        List<Allocation> allocation,

        @Size(max = 16)
        @JsonPropertyDescription("The largest part of any resource of the cluster that they hold, such as 12.5%.")
        @Nullable
        String share,

        @JsonPropertyDescription("What the scheduler's Deployment says.") @Nullable
        SchedulerStatus scheduler) {

    public FrameworkStatus(
            @Nullable Long observedGeneration,
            @Nullable List<Condition> conditions,
            @Nullable Long term,
            @Nullable Boolean connected,
            @Nullable Integer instanceCount,
            @Nullable List<Instance> instances,
            @Nullable Integer tasks,
            @Nullable List<Allocation> allocation,
            @Nullable String share,
            @Nullable SchedulerStatus scheduler) {
        this.observedGeneration = observedGeneration;
        this.conditions = conditions == null ? List.of() : List.copyOf(conditions);
        this.term = term;
        this.connected = connected;
        this.instanceCount = instanceCount;
        this.instances = instances == null ? List.of() : List.copyOf(instances);
        this.tasks = tasks;
        this.allocation = allocation == null ? List.of() : List.copyOf(allocation);
        this.share = share;
        this.scheduler = scheduler;
    }
}
