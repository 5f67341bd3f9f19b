package dev.proffer.crds.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A taint of nodes that a pool's pods tolerate, as in a pod. */
@ApiType
public record PoolToleration(
        @Size(max = 317)
        @JsonPropertyDescription("The taint's key; every taint, if absent and the operator is Exists.")
        @Nullable
        String key,

        @Default("Equal") @JsonPropertyDescription("Equal or Exists.")
        Operator operator,

        @Size(max = 63) @JsonPropertyDescription("The taint's value, if the operator is Equal.") @Nullable
        String value,

        @JsonPropertyDescription("Which effect; all, if absent.") @Nullable
        Effect effect) {

    public PoolToleration(
            @Nullable String key, @Nullable Operator operator, @Nullable String value, @Nullable Effect effect) {
        this.key = key;
        this.operator = Objects.requireNonNullElse(operator, Operator.Equal);
        this.value = value;
        this.effect = effect;
    }

    /** As in a pod. */
    public enum Operator {
        Equal,
        Exists
    }

    /** As in a pod. */
    public enum Effect {
        NoSchedule,
        PreferNoSchedule,
        NoExecute
    }
}
