package dev.proffer.operator.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;

/** The kinds of a cluster's children that every Kubernetes has. All are watched. */
final class ChildKinds {
    static final List<Class<? extends HasMetadata>> ALL = List.of(
            Deployment.class,
            DaemonSet.class,
            Service.class,
            EndpointSlice.class,
            Ingress.class,
            NetworkPolicy.class,
            PodDisruptionBudget.class,
            RoleBinding.class,
            Role.class,
            ServiceAccount.class,
            ConfigMap.class,
            Secret.class);

    private ChildKinds() {}

    /** Those with pods. */
    static boolean isWorkload(HasMetadata child) {
        return child instanceof Deployment || child instanceof DaemonSet;
    }
}
