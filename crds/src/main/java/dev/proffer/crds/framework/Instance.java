package dev.proffer.crds.framework;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** @param connectedSince RFC 3339; absent while it is disconnected */
@ApiType
public record Instance(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("The framework id.")
        String id,

        @Size(max = 253) @JsonPropertyDescription("The name under which it subscribed.") @Nullable
        String name,

        @Size(max = 64) @JsonPropertyDescription("Since when it is connected; absent while it is not.") @Nullable
        String connectedSince) {}
