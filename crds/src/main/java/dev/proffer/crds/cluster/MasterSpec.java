package dev.proffer.crds.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** @param template laid over the pod that the operator makes, as a strategic merge */
@ApiType
public record MasterSpec(
        @Default("2") @Min(1) @Max(9) @JsonPropertyDescription("How many masters; one leads, the others stand by.")
        Integer replicas,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Settings of the master by name, as in the configuration reference: offer-timeout, agent-timeout ….")
        List<Setting> settings,

        @PreserveUnknownFields
        @JsonPropertyDescription(
                "Laid over the master's pod: labels, annotations, resources, affinity, more environment ….")
        @Nullable
        PodTemplateSpec template) {
    static final MasterSpec DEFAULTS = new MasterSpec(null, null, null);

    public MasterSpec(
            @Nullable Integer replicas, @Nullable List<Setting> settings, @Nullable PodTemplateSpec template) {
        this.replicas = Objects.requireNonNullElse(replicas, 2);
        this.settings = settings == null ? List.of() : List.copyOf(settings);
        this.template = template;
    }
}
