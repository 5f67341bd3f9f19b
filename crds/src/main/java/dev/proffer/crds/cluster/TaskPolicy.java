package dev.proffer.crds.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of a namespace's frameworks may do.
 *
 * @param namespace * for all that have no entry of their own
 * @param users as whom tasks may run; * for everybody
 */
@ApiType
public record TaskPolicy(
        @Required @Size(min = 1, max = 63) @JsonPropertyDescription("The namespace; * for those without an entry.")
        String namespace,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Users as whom tasks may run, besides the agent's default one; * stands for all, root included.")
        List<@Size(min = 1, max = 64) String> users,

        @Default("false") @JsonPropertyDescription("Whether tasks may use the host's paths and namespaces.")
        Boolean hostAccess,

        @Default("false") @JsonPropertyDescription("Whether tasks may be privileged or have capabilities of their own.")
        Boolean privileged,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Prefixes of the images that tasks may use, such as registry.example.com/team/; all, if empty.")
        List<@Size(min = 1, max = 512) String> images) {

    public TaskPolicy(
            String namespace,
            @Nullable List<String> users,
            @Nullable Boolean hostAccess,
            @Nullable Boolean privileged,
            @Nullable List<String> images) {
        this.namespace = namespace;
        this.users = users == null ? List.of() : List.copyOf(users);
        this.hostAccess = Objects.requireNonNullElse(hostAccess, false);
        this.privileged = Objects.requireNonNullElse(privileged, false);
        this.images = images == null ? List.of() : List.copyOf(images);
    }
}
