package dev.proffer.master.edge.policy;

import dev.proffer.crds.access.ClusterAccess;
import dev.proffer.crds.cluster.Listener;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.framework.Framework;
import dev.proffer.crds.framework.FrameworkSpec;
import dev.proffer.master.core.policy.Admission;
import dev.proffer.master.core.policy.Admission.Undeclared;
import dev.proffer.master.core.policy.DeclaredFramework;
import dev.proffer.master.core.policy.ObjectName;
import dev.proffer.master.core.policy.Subject;
import dev.proffer.master.core.policy.TaskPolicies;
import dev.proffer.master.core.policy.TaskPolicy;
import dev.proffer.model.RolePath;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who may subscribe and what tasks may do, as a ProfferCluster and the Frameworks that name it say. */
final class Admissions {
    private static final String OTHERS = "*";

    private Admissions() {}

    /** @param frameworks valid ones, of namespaces that are admitted */
    static Admission admission(ProfferCluster cluster, List<Framework> frameworks) {
        var declared = new TreeMap<ObjectName, DeclaredFramework>();
        for (var framework : frameworks) {
            if (names(framework, cluster)) {
                declared.put(name(framework), declared(framework));
            }
        }
        var undeclared = undeclared(cluster);
        return new Admission(declared, undeclared, /* ungrantedRoles= */ undeclared == Undeclared.ANYBODY);
    }

    private static boolean names(Framework framework, ProfferCluster cluster) {
        var wanted = framework.getSpec().cluster();
        var namespace = Objects.requireNonNullElse(
                wanted.namespace(), framework.getMetadata().getNamespace());
        return wanted.name().equals(cluster.getMetadata().getName())
                && namespace.equals(cluster.getMetadata().getNamespace());
    }

    /** A cluster with a listener that asks nobody who they are admits whom it lets in. */
    private static Undeclared undeclared(ProfferCluster cluster) {
        if (!cluster.getSpec().admission().undeclared()) {
            return Undeclared.NOBODY;
        }
        boolean asksNobody = cluster.getSpec().listeners().stream()
                .anyMatch(listener -> listener.authentication().contains(Listener.Authentication.Anonymous));
        return asksNobody ? Undeclared.ANYBODY : Undeclared.AUTHENTICATED;
    }

    private static ObjectName name(Framework framework) {
        return new ObjectName(
                framework.getMetadata().getNamespace(), framework.getMetadata().getName());
    }

    private static DeclaredFramework declared(Framework framework) {
        var spec = framework.getSpec();
        return new DeclaredFramework(
                List.of(subject(framework)),
                spec.roles().stream().map(RolePath::new).toList(),
                OptionalInt.of(spec.maxInstances()),
                maxFailoverTimeout(spec),
                DeclaredFramework.DeletionPolicy.valueOf(spec.deletionPolicy().name()));
    }

    private static Subject subject(Framework framework) {
        var spec = framework.getSpec();
        var metadata = framework.getMetadata();
        if (spec.basicAuth() != null) {
            return new Subject.Group(ClusterAccess.frameworkGroup(metadata.getNamespace(), metadata.getName()));
        }
        return new Subject.ServiceAccount(
                metadata.getNamespace(), Objects.requireNonNullElse(spec.serviceAccountName(), metadata.getName()));
    }

    private static Optional<Duration> maxFailoverTimeout(FrameworkSpec spec) {
        return Optional.ofNullable(spec.maxFailoverTimeout()).map(Admissions::duration);
    }

    private static Duration duration(String text) {
        try {
            return io.fabric8.kubernetes.api.model.Duration.parse(text).getDuration();
        } catch (ParseException malformed) {
            throw new IllegalArgumentException("'" + text + "' is not a length of time", malformed);
        }
    }

    /** Why a Framework cannot be read. */
    static Optional<String> problemWith(Framework framework) {
        try {
            var _ = declared(framework);
            return Optional.empty();
        } catch (IllegalArgumentException problem) {
            return Optional.of(String.valueOf(problem.getMessage()));
        }
    }

    /** Without an entry, tasks run as the agent's default user and may do nothing special. */
    static TaskPolicies tasks(List<dev.proffer.crds.cluster.TaskPolicy> entries) {
        var byNamespace = new TreeMap<String, TaskPolicy>();
        @Nullable TaskPolicy others = null;
        for (var entry : entries) {
            var policy = new TaskPolicy(entry.users(), entry.hostAccess(), entry.privileged(), entry.images());
            if (entry.namespace().equals(OTHERS)) {
                others = policy;
            } else {
                byNamespace.put(entry.namespace(), policy);
            }
        }
        return new TaskPolicies(
                byNamespace,
                others == null
                        ? new TaskPolicy(List.of(), /* hostAccess= */ false, /* privileged= */ false, List.of())
                        : others);
    }
}
