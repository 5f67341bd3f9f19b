package dev.proffer.crds.agent;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Default;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What people want done with the agent. */
@ApiType
public record AgentSpec(
        @JsonPropertyDescription("Its tasks are to go. Removing this ends the drain, and the agent is offered again.")
        @Nullable
        Drain drain,

        @Default("false") @JsonPropertyDescription("No more offers of it; what runs on it stays.")
        Boolean deactivated) {

    public AgentSpec(@Nullable Drain drain, @Nullable Boolean deactivated) {
        this.drain = drain;
        this.deactivated = Objects.requireNonNullElse(deactivated, false);
    }
}
