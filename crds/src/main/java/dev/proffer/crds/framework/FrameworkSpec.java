package dev.proffer.crds.framework;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * @param cluster to which ProfferCluster it wants
 * @param roles the roles that it may subscribe with, of those that it is granted
 * @param scheduler the framework's scheduler, where the operator is to run it
 */
@ApiType
@ValidationRule(
        value = "!has(self.serviceAccountName) || !has(self.basicAuth)",
        message = "a framework proves who it is by serviceAccountName or by basicAuth, not both; remove one")
public record FrameworkSpec(
        @Required
        @ValidationRule(value = "self == oldSelf", message = "cluster cannot be changed; create another Framework")
        @JsonPropertyDescription("The ProfferCluster that it wants to join.")
        ClusterReference cluster,

        @Required
        @Size(min = 1, max = 32)
        @JsonPropertyDescription("The roles that it asks for. What it gets is granted by the Roles' allowedSubjects.")
        List<@Size(min = 1, max = Rules.ROLE_LENGTH) String> roles,

        @Size(min = 1, max = Rules.NAME_LENGTH)
        @ValidationRule(value = Rules.OBJECT_NAME, messageExpression = Rules.OBJECT_NAME_MESSAGE)
        @JsonPropertyDescription(
                "The ServiceAccount of this namespace as which it subscribes. If this and basicAuth are absent, the Framework's"
                        + " own name.")
        @Nullable
        String serviceAccountName,

        @JsonPropertyDescription("Credentials for clients that know HTTP basic only.") @Nullable
        BasicAuth basicAuth,

        @Default("1") @Min(1) @Max(1000) @JsonPropertyDescription("How many framework ids may be subscribed at a time.")
        Integer maxInstances,

        @Size(max = Rules.DURATION_LENGTH)
        @ValidationRule(value = Rules.DURATION, messageExpression = Rules.DURATION_MESSAGE)
        @JsonPropertyDescription(
                "The longest time that its tasks outlive its disconnection; FrameworkInfo.failover_timeout counts up to this."
                        + " Without it, as FrameworkInfo says.")
        @Nullable
        String maxFailoverTimeout,

        @Default("Retain")
        @JsonPropertyDescription(
                "What deleting this object does: Retain lets the failover timeout run, Teardown ends all tasks at once.")
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription("The framework's scheduler, if the operator is to run it.") @Nullable
        SchedulerTemplate scheduler) {

    public FrameworkSpec(
            ClusterReference cluster,
            @Nullable List<String> roles,
            @Nullable String serviceAccountName,
            @Nullable BasicAuth basicAuth,
            @Nullable Integer maxInstances,
            @Nullable String maxFailoverTimeout,
            @Nullable DeletionPolicy deletionPolicy,
            @Nullable SchedulerTemplate scheduler) {
        this.cluster = cluster;
        this.roles = roles == null ? List.of() : List.copyOf(roles);
        this.serviceAccountName = serviceAccountName;
        this.basicAuth = basicAuth;
        this.maxInstances = Objects.requireNonNullElse(maxInstances, 1);
        this.maxFailoverTimeout = maxFailoverTimeout;
        this.deletionPolicy = Objects.requireNonNullElse(deletionPolicy, DeletionPolicy.RETAIN);
        this.scheduler = scheduler;
    }
}
