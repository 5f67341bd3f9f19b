package dev.proffer.crds.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operator judges the conditions and the version; the leading master writes who leads and how many agents there are.
 *
 * @param term which only grows, one for each leader
 * @param leader the leader's pod and its process id
 */
@ApiType
@ValidationRule(value = Rules.TERM_STAYS, message = Rules.TERM_STAYS_MESSAGE)
public record ProfferClusterStatus(
        @JsonPropertyDescription("The generation of the spec that the conditions speak of.") @Nullable
        Long observedGeneration,

        @Size(max = 16)
        @JsonPropertyDescription("Ready, Progressing, Degraded, Paused, DeletionBlocked; each says why.")
        List<Condition> conditions,

        @ValidationRule(value = Rules.TERM_NEVER_FALLS, message = Rules.TERM_NEVER_FALLS_MESSAGE)
        @JsonPropertyDescription("The term of the leader: a number that only grows.")
        @Nullable
        Long term,

        @Size(max = 320) @JsonPropertyDescription("Who leads: the pod's name and a random process id.") @Nullable
        String leader,

        @JsonPropertyDescription("How many masters are ready.") @Nullable
        Integer mastersReady,

        @JsonPropertyDescription("The agents, in numbers.") @Nullable
        AgentNumbers agents,

        @JsonPropertyDescription("How many tasks are not terminal.") @Nullable
        Integer tasks,

        @Size(max = 63) @JsonPropertyDescription("The version that all masters run.") @Nullable
        String version) {

    public ProfferClusterStatus(
            @Nullable Long observedGeneration,
            @Nullable List<Condition> conditions,
            @Nullable Long term,
            @Nullable String leader,
            @Nullable Integer mastersReady,
            @Nullable AgentNumbers agents,
            @Nullable Integer tasks,
            @Nullable String version) {
        this.observedGeneration = observedGeneration;
        this.conditions = conditions == null ? List.of() : List.copyOf(conditions);
        this.term = term;
        this.leader = leader;
        this.mastersReady = mastersReady;
        this.agents = agents;
        this.tasks = tasks;
        this.version = version;
    }
}
