package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.ProfferApi;
import dev.proffer.crds.cluster.ProfferCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who master and agents are, and what a master may do in its namespace. What it may do beyond (nodes, token reviews,
 * frameworks of tenants) is granted to its fixed name when the operator is installed. Agents may do nothing.
 */
final class MasterRights {
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String[] READ = {"get", "list", "watch"};
    private static final String[] WRITE_STATUS = {"get", "update", "patch"};

    private MasterRights() {}

    static List<HasMetadata> of(ProfferCluster cluster) {
        return List.of(
                account(cluster, ClusterNames.MASTER, ClusterNames.MASTER_COMPONENT),
                account(cluster, ClusterNames.AGENT, ClusterNames.AGENT_COMPONENT),
                new RoleBuilder()
                        .withMetadata(ClusterNames.meta(cluster, ClusterNames.MASTER, ClusterNames.MASTER_COMPONENT))
                        .withRules(rules(cluster))
                        .build(),
                new RoleBindingBuilder()
                        .withMetadata(ClusterNames.meta(cluster, ClusterNames.MASTER, ClusterNames.MASTER_COMPONENT))
                        .withNewRoleRef(RBAC, "Role", ClusterNames.MASTER)
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName(ClusterNames.MASTER)
                        .withNamespace(cluster.getMetadata().getNamespace())
                        .endSubject()
                        .build());
    }

    private static HasMetadata account(ProfferCluster cluster, String name, String component) {
        return new ServiceAccountBuilder()
                .withMetadata(ClusterNames.meta(cluster, name, component))
                .withAutomountServiceAccountToken(false)
                .build();
    }

    private static List<PolicyRule> rules(ProfferCluster cluster) {
        var slices = ListenerObjects.slices(cluster).stream()
                .map(slice -> slice.getMetadata().getName())
                .toArray(String[]::new);
        return List.of(
                // Its namespace, and no other: the UID tells agents which cluster they belong to.
                rule("", "namespaces").addToVerbs("get").build(),
                // A create cannot be restricted to a name.
                rule("coordination.k8s.io", "leases").addToVerbs("create").build(),
                rule("coordination.k8s.io", "leases")
                        .addToResourceNames(ClusterNames.LEASE)
                        .addToVerbs("get", "list", "watch", "update", "patch")
                        .build(),
                rule("discovery.k8s.io", "endpointslices")
                        .addToResourceNames(slices)
                        .addToVerbs("get", "update", "patch")
                        .build(),
                rule(ProfferApi.GROUP, "profferclusters", "roles", "quotas", "reservations")
                        .addToVerbs(READ)
                        .build(),
                rule(
                                ProfferApi.GROUP,
                                "profferclusters/status",
                                "roles/status",
                                "quotas/status",
                                "reservations/status",
                                "agents/status")
                        .addToVerbs(WRITE_STATUS)
                        .build(),
                rule(ProfferApi.GROUP, "agents")
                        .addToVerbs(READ)
                        .addToVerbs("create", "update", "patch", "delete")
                        .build(),
                rule("events.k8s.io", "events").addToVerbs("create", "patch").build());
    }

    private static PolicyRuleBuilder rule(String group, String... resources) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(Stream.of(resources).toList());
    }
}
