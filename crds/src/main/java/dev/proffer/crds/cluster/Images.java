package dev.proffer.crds.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which images to run. */
@ApiType
public record Images(
        @Size(min = 1, max = 512) @JsonPropertyDescription("The master's image.") @Nullable
        String master,

        @Size(min = 1, max = 512) @JsonPropertyDescription("The agent's image.") @Nullable
        String agent,

        @Size(min = 1, max = 512)
        @JsonPropertyDescription("The image of the pods that hold a pool's share of a node: any that sleeps.")
        @Nullable
        String holder,

        @JsonPropertyDescription("When images are pulled.") @Nullable
        PullPolicy pullPolicy,

        @Size(max = 16) @JsonPropertyDescription("Names of Secrets to pull with.")
        List<@Size(min = 1, max = 253) String> pullSecrets) {

    public Images(
            @Nullable String master,
            @Nullable String agent,
            @Nullable String holder,
            @Nullable PullPolicy pullPolicy,
            @Nullable List<String> pullSecrets) {
        this.master = master;
        this.agent = agent;
        this.holder = holder;
        this.pullPolicy = pullPolicy;
        this.pullSecrets = pullSecrets == null ? List.of() : List.copyOf(pullSecrets);
    }

    /** As in a pod. */
    public enum PullPolicy {
        Always,
        IfNotPresent,
        Never
    }
}
