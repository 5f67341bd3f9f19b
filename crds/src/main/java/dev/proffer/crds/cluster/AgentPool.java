package dev.proffer.crds.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.AttributeSpec;
import dev.proffer.crds.common.ResourceAmount;
import dev.proffer.crds.common.Rules;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The agents of some nodes, all with the same share of their node.
 *
 * @param resources what each agent offers; cpus and mem are requested of Kubernetes by the holder
 * @param maxUnavailable how many agents at a time are replaced in an upgrade
 */
@ApiType
@ValidationRule(
        value = "['cpus', 'mem'].all(n, self.resources.exists(r, r.name == n && has(r.amount)))",
        messageExpression = "\"pool '\" + self.name + \"' needs amounts of cpus and mem: what it offers of each node\"")
public record AgentPool(
        @Required
        @Size(min = 1, max = 40)
        @ValidationRule(
                value = "self.matches('^[a-z]([a-z0-9-]*[a-z0-9])?$')",
                messageExpression =
                        "\"'\" + self + \"' is not a name for a pool; use lower-case letters, digits and dashes\"")
        @JsonPropertyDescription("Its name, part of the names of its DaemonSets.")
        String name,

        @Size(max = 32) @JsonPropertyDescription("Labels that its nodes have. All nodes, if empty.")
        List<NodeLabel> nodeSelector,

        @Size(max = 32) @JsonPropertyDescription("Taints that it tolerates.")
        List<PoolToleration> tolerations,

        @Required
        @Size(min = 2, max = 32)
        @JsonPropertyDescription(
                "What each agent offers of its node: cpus, mem, and if wanted disk, gpus, ports (20000-29999 by default) and"
                        + " resources of your own.")
        List<ResourceAmount> resources,

        @Size(max = 64) @JsonPropertyDescription("Attributes of the pool's agents.")
        List<AttributeSpec> attributes,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Labels of a node that become attributes of its agent; those that it lacks are left out.")
        List<@Size(min = 1, max = 317) String> attributesFromLabels,

        @Default("linux")
        @JsonPropertyDescription(
                "How tasks are run: linux (containers, limits), or posix (plain processes, no limits).")
        Launcher launcher,

        @Default("/var/lib/proffer")
        @Size(min = 2, max = 255)
        @ValidationRule(
                value = "self.matches('^(/[A-Za-z0-9._-]+)+$')",
                messageExpression = "\"'\" + self + \"' is not an absolute path\"")
        @JsonPropertyDescription("The folder of the node that holds state and sandboxes.")
        String statePath,

        @Default("1")
        @JsonPropertyDescription("How many agents at a time are replaced in an upgrade: a number, or a percentage.")
        IntOrString maxUnavailable,

        @Size(min = 1, max = Rules.NAME_LENGTH)
        @JsonPropertyDescription("The PriorityClass of its holders and agents.")
        @Nullable
        String priorityClassName,

        @Size(max = 64) @JsonPropertyDescription("Settings of the agents by name, as in the configuration reference.")
        List<Setting> settings,

        @PreserveUnknownFields @JsonPropertyDescription("Laid over the agents' pod.") @Nullable
        PodTemplateSpec template) {

    public AgentPool(
            String name,
            @Nullable List<NodeLabel> nodeSelector,
            @Nullable List<PoolToleration> tolerations,
            @Nullable List<ResourceAmount> resources,
            @Nullable List<AttributeSpec> attributes,
            @Nullable List<String> attributesFromLabels,
            @Nullable Launcher launcher,
            @Nullable String statePath,
            @Nullable IntOrString maxUnavailable,
            @Nullable String priorityClassName,
            @Nullable List<Setting> settings,
            @Nullable PodTemplateSpec template) {
        this.name = name;
        this.nodeSelector = nodeSelector == null ? List.of() : List.copyOf(nodeSelector);
        this.tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
        this.resources = resources == null ? List.of() : List.copyOf(resources);
        this.attributes = attributes == null ? List.of() : List.copyOf(attributes);
        this.attributesFromLabels = attributesFromLabels == null ? List.of() : List.copyOf(attributesFromLabels);
        this.launcher = Objects.requireNonNullElse(launcher, Launcher.linux);
        this.statePath = Objects.requireNonNullElse(statePath, "/var/lib/proffer");
        this.maxUnavailable = Objects.requireNonNullElseGet(maxUnavailable, () -> new IntOrString(1));
        this.priorityClassName = priorityClassName;
        this.settings = settings == null ? List.of() : List.copyOf(settings);
        this.template = template;
    }

    /** How tasks are run. */
    public enum Launcher {
        linux,
        posix
    }
}
