package dev.proffer.crds.framework;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The Deployment of a framework's scheduler. */
@ApiType
public record SchedulerTemplate(
        @Default("1")
        @Min(0)
        @Max(100)
        @SpecReplicas
        @JsonPropertyDescription("How many pods; more than one only if the scheduler elects a leader itself.")
        Integer replicas,

        @Required
        @PreserveUnknownFields
        @JsonPropertyDescription(
                "The pod, as in a Deployment. The master's address, its CA and a token are given to every container.")
        PodTemplateSpec template) {

    public SchedulerTemplate(@Nullable Integer replicas, PodTemplateSpec template) {
        this.replicas = Objects.requireNonNullElse(replicas, 1);
        this.template = template;
    }
}
