package dev.proffer.crds.agent;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.AttributeSpec;
import dev.proffer.crds.common.ResourceAmount;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Written by the leading master alone, and only when a slow fact changes.
 *
 * @param lastSeen RFC 3339; only of an agent that contact was lost with
 */
@ApiType
@ValidationRule(value = Rules.TERM_STAYS, message = Rules.TERM_STAYS_MESSAGE)
public record AgentStatus(
        @JsonPropertyDescription("The generation of the spec that the state follows.") @Nullable
        Long observedGeneration,

        @Size(max = 16)
        @JsonPropertyDescription("Ready: it is offered. Healthy: it can offer all that it was configured to.")
        List<Condition> conditions,

        @ValidationRule(value = Rules.TERM_NEVER_FALLS, message = Rules.TERM_NEVER_FALLS_MESSAGE)
        @JsonPropertyDescription("The term of the master that wrote this.")
        @Nullable
        Long term,

        @Size(max = 253) @JsonPropertyDescription("The agent's id.") @Nullable
        String agentId,

        @Size(max = 253) @JsonPropertyDescription("The node on which it runs.") @Nullable
        String node,

        @Size(max = 63) @JsonPropertyDescription("The pool that it belongs to; empty if it is of none.") @Nullable
        String pool,

        @JsonPropertyDescription("What the master makes of it.") @Nullable
        AgentState state,

        @Size(max = 64) @JsonPropertyDescription("What it has.")
        List<ResourceAmount> resources,

        @Size(max = MOST_ATTRIBUTES)
        @JsonPropertyDescription("Its attributes: its own, and labels of its node that its pool names.")
        List<AttributeSpec> attributes,

        @Size(max = 253) @JsonPropertyDescription("The region in which it stands.") @Nullable
        String region,

        @Size(max = 253) @JsonPropertyDescription("The zone of that region.") @Nullable
        String zone,

        @Size(max = 63) @JsonPropertyDescription("Its version.") @Nullable
        String version,

        @Size(max = 64) @JsonPropertyDescription("When it was last heard of, if contact is lost.") @Nullable
        String lastSeen,

        @Size(max = 1024)
        @JsonPropertyDescription(
                "Why it is in that state, if it is not offered or offers less than it was configured to.")
        @Nullable
        String message) {

    /** As many as a pool may give its agents, and labels beside them. */
    public static final int MOST_ATTRIBUTES = 128;

    public AgentStatus(
            @Nullable Long observedGeneration,
            @Nullable List<Condition> conditions,
            @Nullable Long term,
            @Nullable String agentId,
            @Nullable String node,
            @Nullable String pool,
            @Nullable AgentState state,
            @Nullable List<ResourceAmount> resources,
            @Nullable List<AttributeSpec> attributes,
            @Nullable String region,
            @Nullable String zone,
            @Nullable String version,
            @Nullable String lastSeen,
            @Nullable String message) {
        this.observedGeneration = observedGeneration;
        this.conditions = conditions == null ? List.of() : List.copyOf(conditions);
        this.term = term;
        this.agentId = agentId;
        this.node = node;
        this.pool = pool;
        this.state = state;
        this.resources = resources == null ? List.of() : List.copyOf(resources);
        this.attributes = attributes == null ? List.of() : List.copyOf(attributes);
        this.region = region;
        this.zone = zone;
        this.version = version;
        this.lastSeen = lastSeen;
        this.message = message;
    }
}
