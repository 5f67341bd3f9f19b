package dev.proffer.crds.framework;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import org.jspecify.annotations.Nullable;

/** What the scheduler's Deployment says. */
@ApiType
public record SchedulerStatus(
        @StatusReplicas @JsonPropertyDescription("How many pods there are.") @Nullable
        Integer replicas,

        @JsonPropertyDescription("How many of them are ready.") @Nullable
        Integer readyReplicas,

        @LabelSelector @JsonPropertyDescription("Which pods they are, for autoscalers.") @Nullable
        String selector) {}
