package dev.proffer.master.edge.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.framework.Framework;
import dev.proffer.crds.quota.Quota;
import dev.proffer.crds.reservation.Reservation;
import dev.proffer.crds.role.Role;
import dev.proffer.master.core.policy.Admission.Undeclared;
import dev.proffer.master.core.policy.DeclaredFramework.DeletionPolicy;
import dev.proffer.master.core.policy.ObjectName;
import dev.proffer.master.core.policy.Policy;
import dev.proffer.master.core.policy.Subject;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyReaderTest {
    private final PolicyReader reader = new PolicyReader();
    private final List<Role> roles = new ArrayList<>();
    private final List<Quota> quotas = new ArrayList<>();
    private final List<Reservation> reservations = new ArrayList<>();
    private final List<Framework> frameworks = new ArrayList<>();
    private ProfferCluster cluster = object(ProfferCluster.class, "main", "{}");

    @Test
    void clusterWithoutAnythingAdmitsNobody() {
        var policy = read();

        assertThat(policy.admission().undeclared()).isEqualTo(Undeclared.NOBODY);
        assertThat(policy.admission().ungrantedRoles()).isFalse();
        assertThat(policy.tasks().of(Optional.of("team")).users()).isEmpty();
        assertThat(policy.tasks().of(Optional.of("team")).privileged()).isFalse();
    }

    @Test
    void rolesSayWhoMayUseThem() {
        roles.add(object(Role.class, "web", """
                {path: eng/web, weight: 2.5, priority: 3, policy: fifo, allowedSubjects: [
                  {kind: ServiceAccount, namespace: team, name: "*"}, {kind: User, name: bob}, {kind: Group, name: devs}]}
                """));
        var web = read().role(new RolePath("eng/web"));

        assertThat(web.weight()).isEqualTo(2.5);
        assertThat(web.priority()).isEqualTo(3);
        assertThat(web.order()).hasToString("FIFO");
        assertThat(web.allowedSubjects())
                .containsExactly(
                        new Subject.ServiceAccount("team", "*"), new Subject.User("bob"), new Subject.Group("devs"));
    }

    @Test
    void quotaIsCountedAsOnTheWire() {
        quotas.add(object(Quota.class, "web", """
                {role: eng, resources: [{name: cpus, guarantee: 500m, limit: 2}, {name: mem, limit: 1Gi}]}
                """));
        var quota = read().quota(new RolePath("eng"));

        assertThat(quota.guarantees()).isEqualTo(Quantities.parse("cpus:0.5"));
        assertThat(quota.limits().thousandthsByName())
                .containsEntry("cpus", 2000L)
                .containsEntry("mem", 1_024_000L);
    }

    @Test
    void quotaThatBecomesInvalidCountsAsBefore() {
        quotas.add(object(Quota.class, "web", "{role: eng, resources: [{name: cpus, limit: 2}]}"));
        read();
        quotas.set(0, object(Quota.class, "web", "{role: eng, resources: [{name: cpus, limit: 2, guarantee: 3}]}"));

        assertThat(read().quota(new RolePath("eng")).limits().thousandthsByName())
                .containsEntry("cpus", 2000L);
    }

    @Test
    void invalidObjectThatNeverWasValidCountsForNothingAndHindersNobody() {
        quotas.add(object(Quota.class, "bad", "{role: eng, resources: [{name: cpus, limit: 2, guarantee: 3}]}"));
        quotas.add(object(Quota.class, "good", "{role: ops, resources: [{name: cpus, limit: 2}]}"));

        assertThat(read().quotas().keySet()).containsExactly(new RolePath("ops"));
    }

    @Test
    void poolsSayWhichLabelsBecomeAttributes() {
        cluster = object(ProfferCluster.class, "main", """
                {agentPools: [{name: general, attributesFromLabels: [rack, topology.kubernetes.io/zone]}, {name: batch}]}
                """);
        var pools = read().pools();

        assertThat(pools.labelsOf(Optional.of("general"))).containsExactly("rack", "topology.kubernetes.io/zone");
        assertThat(pools.labelsOf(Optional.of("batch"))).isEmpty();
        assertThat(pools.labelsOf(Optional.of("removed"))).isEmpty();
        assertThat(pools.labelsOf(Optional.empty())).isEmpty();
    }

    @Test
    void deletedObjectIsNotRemembered() {
        quotas.add(object(Quota.class, "web", "{role: eng, resources: [{name: cpus, limit: 2}]}"));
        read();
        quotas.clear();

        assertThat(read().quotas()).isEmpty();
    }

    @Test
    void youngerOfTwoObjectsForOneRoleCountsForNothing() {
        roles.add(object(Role.class, "second", "{path: eng, weight: 2}"));
        roles.getFirst().getMetadata().setCreationTimestamp("2026-01-02T00:00:00Z");
        roles.add(object(Role.class, "first", "{path: eng, weight: 5}"));

        assertThat(read().role(new RolePath("eng")).weight()).isEqualTo(5);
    }

    @Test
    void reservationsComeOldestFirst() {
        reservations.add(object(Reservation.class, "a", """
                {role: eng, resources: [{name: mem, amount: 64Mi}], count: 3,
                 agentSelector: {matchAttributes: [{name: zone, value: north}]}}
                """));
        reservations.getFirst().getMetadata().setCreationTimestamp("2026-01-02T00:00:00Z");
        reservations.add(
                object(Reservation.class, "b", "{role: eng, resources: [{name: cpus, amount: 1}], agentName: node-1}"));
        var read = read().reservations();

        assertThat(read).extracting("name").containsExactly("b", "a");
        assertThat(read.getFirst().selector().hostnames()).containsExactly("node-1");
        assertThat(read.getLast().selector().attributes()).containsEntry("zone", "north");
        assertThat(read.getLast().perAgent()).isEqualTo(Quantities.parse("mem:64"));
        assertThat(read.getLast().count()).hasValue(3);
    }

    @Test
    void frameworksOfThisClusterAreAdmitted() {
        frameworks.add(object(Framework.class, "hello", """
                {cluster: {name: main}, roles: [eng], serviceAccountName: robot, maxInstances: 4,
                 maxFailoverTimeout: 1h30m, deletionPolicy: Teardown}
                """));
        frameworks.add(object(Framework.class, "other", "{cluster: {name: second}, roles: [eng]}"));
        frameworks.add(object(Framework.class, "elsewhere", "{cluster: {name: main, namespace: far}, roles: [eng]}"));
        var admitted = read().admission().frameworks();

        assertThat(admitted.keySet()).containsExactly(new ObjectName("proffer", "hello"));
        var hello = admitted.firstEntry().getValue();
        assertThat(hello.subjects()).containsExactly(new Subject.ServiceAccount("proffer", "robot"));
        assertThat(hello.maxInstances()).hasValue(4);
        assertThat(hello.maxFailoverTimeout()).contains(Duration.ofMinutes(90));
        assertThat(hello.deletionPolicy()).isEqualTo(DeletionPolicy.TEARDOWN);
    }

    @Test
    void frameworkWithoutCredentialsIsTheServiceAccountOfItsName() {
        frameworks.add(object(Framework.class, "hello", "{cluster: {name: main}, roles: [eng]}"));

        assertThat(read().admission().frameworks().firstEntry().getValue().subjects())
                .containsExactly(new Subject.ServiceAccount("proffer", "hello"));
    }

    @Test
    void frameworkWithBasicCredentialsIsKnownByItsGroup() {
        frameworks.add(
                object(Framework.class, "old", "{cluster: {name: main}, roles: [eng], basicAuth: {secretName: s}}"));

        assertThat(read().admission().frameworks().firstEntry().getValue().subjects())
                .containsExactly(new Subject.Group("proffer:framework:proffer/old"));
    }

    @Test
    void undeclaredFrameworksAreAdmittedWhereTheClusterSaysSo() {
        cluster = object(ProfferCluster.class, "main", "{admission: {undeclared: true}}");
        assertThat(read().admission().undeclared()).isEqualTo(Undeclared.AUTHENTICATED);

        cluster = object(ProfferCluster.class, "main", """
                {admission: {undeclared: true}, listeners: [{name: old, authentication: [Token, Anonymous]}]}
                """);
        assertThat(read().admission().undeclared()).isEqualTo(Undeclared.ANYBODY);
    }

    @Test
    void anonymousListenerAloneAdmitsNobody() {
        cluster = object(ProfferCluster.class, "main", "{listeners: [{name: old, authentication: [Anonymous]}]}");

        assertThat(read().admission().undeclared()).isEqualTo(Undeclared.NOBODY);
    }

    @Test
    void tasksOfANamespaceMayDoWhatItsEntrySays() {
        cluster = object(ProfferCluster.class, "main", """
                {taskPolicies: [{namespace: "*", users: [nobody]}, {namespace: ops, users: [root], privileged: true}]}
                """);
        var tasks = read().tasks();

        assertThat(tasks.of(Optional.of("ops")).privileged()).isTrue();
        assertThat(tasks.of(Optional.of("ops")).users()).containsExactly("root");
        assertThat(tasks.of(Optional.of("team")).users()).containsExactly("nobody");
        assertThat(tasks.of(Optional.empty()).users()).containsExactly("nobody");
    }

    private Policy read() {
        return reader.read(new PolicyObjects(cluster, roles, quotas, reservations, frameworks));
    }

    /** As the API server would have stored it, but for its defaults, which the records know too. */
    private static <T extends HasMetadata> T object(Class<T> kind, String name, String spec) {
        return Serialization.unmarshal("""
                apiVersion: proffer.dev/v1alpha1
                kind: %s
                metadata: {name: %s, namespace: proffer, creationTimestamp: "2026-01-01T00:00:00Z"}
                spec: %s
                """.formatted(kind.getSimpleName(), name, spec.strip()), kind);
    }
}
