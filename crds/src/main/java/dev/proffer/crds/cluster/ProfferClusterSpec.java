package dev.proffer.crds.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * @param paused whether the operator leaves all that belongs to the cluster as it is
 * @param priorityClassName of the master's pods, and of agents and holders whose pool names none
 * @param confirmDeletion whether the cluster may be deleted although tasks run; they end with it
 */
@ApiType
@ValidationRule(
        value = "self.listeners.map(l, l.port).all(p, self.listeners.filter(l, l.port == p).size() == 1)",
        message = "two listeners have the same port; give each a port of its own")
@ValidationRule(
        value = "self.listeners.all(l, l.port != 5052 && l.port != 8080)",
        message =
                "ports 5052 (agents) and 8080 (probes, metrics) are taken; give the listener another port, such as 5050")
public record ProfferClusterSpec(
        @Size(max = 63) @JsonPropertyDescription("The version to run; the operator's own, if absent.") @Nullable
        String version,

        @JsonPropertyDescription("The images to run; those that the operator was released with, if absent.") @Nullable
        Images images,

        @Default("false")
        @JsonPropertyDescription("Whether the operator keeps its hands off everything that belongs to the cluster.")
        Boolean paused,

        @Default("{}") @JsonPropertyDescription("The master: one leads, the others stand by.")
        MasterSpec master,

        @Default(
                "[{\"name\":\"internal\",\"type\":\"Internal\",\"port\":5050,\"tls\":true,\"authentication\":[\"Token\"]}]")
        @Required
        @Size(min = 1, max = 8)
        @JsonPropertyDescription("Where schedulers and operators find the master.")
        List<Listener> listeners,

        @Size(max = 32) @JsonPropertyDescription("Agents: on which nodes, with how much of each.")
        List<AgentPool> agentPools,

        @Size(min = 1, max = Rules.NAME_LENGTH)
        @JsonPropertyDescription("The PriorityClass of the master, and of pools that name none.")
        @Nullable
        String priorityClassName,

        @Default("{}") @JsonPropertyDescription("Certificates and tokens.")
        SecuritySpec security,

        @Default("{}") @JsonPropertyDescription("Who may bring frameworks.")
        AdmissionSpec admission,

        @Size(max = 256)
        @JsonPropertyDescription(
                "What tasks of a namespace's frameworks may do. The entry for * holds for namespaces without one of their own;"
                        + " without any, tasks run as the agent's default user and may do nothing special.")
        List<TaskPolicy> taskPolicies,

        @Default("false")
        @JsonPropertyDescription("Set this before you delete a cluster in which tasks run: they will be ended.")
        Boolean confirmDeletion) {

    public ProfferClusterSpec(
            @Nullable String version,
            @Nullable Images images,
            @Nullable Boolean paused,
            @Nullable MasterSpec master,
            @Nullable List<Listener> listeners,
            @Nullable List<AgentPool> agentPools,
            @Nullable String priorityClassName,
            @Nullable SecuritySpec security,
            @Nullable AdmissionSpec admission,
            @Nullable List<TaskPolicy> taskPolicies,
            @Nullable Boolean confirmDeletion) {
        this.version = version;
        this.images = images;
        this.paused = Objects.requireNonNullElse(paused, false);
        this.master = Objects.requireNonNullElse(master, MasterSpec.DEFAULTS);
        this.listeners = listeners == null || listeners.isEmpty() ? List.of(Listener.DEFAULT) : List.copyOf(listeners);
        this.agentPools = agentPools == null ? List.of() : List.copyOf(agentPools);
        this.priorityClassName = priorityClassName;
        this.security = Objects.requireNonNullElse(security, SecuritySpec.DEFAULTS);
        this.admission = Objects.requireNonNullElse(admission, AdmissionSpec.DEFAULTS);
        this.taskPolicies = taskPolicies == null ? List.of() : List.copyOf(taskPolicies);
        this.confirmDeletion = Objects.requireNonNullElse(confirmDeletion, false);
    }
}
