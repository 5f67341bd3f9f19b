package dev.proffer.operator.plan.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class MasterPlanTest {
    @Test
    void nothingIsOwnedSoThatNoCascadeEndsTasks() {
        assertThat(Clusters.plan(Clusters.WITH_POOL).children()).isNotEmpty().allSatisfy(child -> {
            assertThat(child.getMetadata().getOwnerReferences()).isEmpty();
            assertThat(child.getMetadata().getLabels())
                    .containsEntry(Labels.CLUSTER, "main")
                    .containsEntry(Labels.MANAGED_BY, Labels.OPERATOR);
        });
    }

    @Test
    void anUpgradeStartsAMasterBeforeItStopsOne() {
        var deployment = deployment("master: {replicas: 3}");
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(3);
        var rolling = deployment.getSpec().getStrategy().getRollingUpdate();
        assertThat(rolling.getMaxSurge().getIntVal()).isEqualTo(1);
        assertThat(rolling.getMaxUnavailable().getIntVal()).isZero();
        assertThat(Clusters.child(Clusters.plan(""), PodDisruptionBudget.class, "proffer-master")
                        .getSpec()
                        .getMaxUnavailable()
                        .getIntVal())
                .isEqualTo(1);
    }

    @Test
    void mastersHaveNoRightsOfTheirNodeAndATokenThatExpires() {
        var pod = pod("");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        var container = pod.getContainers().getFirst();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getProjected() != null)
                .flatExtracting(volume -> volume.getProjected().getSources())
                .filteredOn(source -> source.getServiceAccountToken() != null)
                .extracting(source -> source.getServiceAccountToken().getExpirationSeconds())
                .containsExactly(3600L);
    }

    @Test
    void aTemplateIsLaidOverTheMastersPod() {
        var template = template("""
                master:
                  template:
                    metadata: {labels: {team: infra, app.kubernetes.io/component: mine}}
                    spec:
                      nodeSelector: {zone: a}
                      containers:
                        - name: master
                          resources: {limits: {memory: 4Gi}}
                          env: [{name: JAVA_OPTIONS, value: -Xmx3g}]
                        - {name: sidecar, image: side}
                """);
        assertThat(template.getMetadata().getLabels())
                .containsEntry("team", "infra")
                .containsEntry(Labels.COMPONENT, "master");
        assertThat(template.getSpec().getNodeSelector()).containsEntry("zone", "a");
        assertThat(template.getSpec().getContainers()).hasSize(2);
        var master = template.getSpec().getContainers().getFirst();
        assertThat(master.getImage()).isEqualTo(Clusters.RELEASE.masterImage());
        assertThat(master.getResources().getLimits()).containsEntry("memory", new Quantity("4Gi"));
        assertThat(master.getResources().getRequests()).containsKey("cpu");
        assertThat(master.getEnv()).extracting(EnvVar::getName).contains("POD_IP", "JAVA_OPTIONS");
    }

    @Test
    void aNamedVersionChangesTheTagAndANamedImageWins() {
        assertThat(pod("version: 1.2.0").getContainers().getFirst().getImage())
                .isEqualTo("registry.example.com/master:1.2.0");
        assertThat(pod("{version: 1.2.0, images: {master: 'my/master:x', pullPolicy: Always}}")
                        .getContainers()
                        .getFirst()
                        .getImage())
                .isEqualTo("my/master:x");
    }

    @Test
    void aChangeOfConfigurationReplacesThePods() {
        var before = template("").getMetadata().getAnnotations();
        var after = template("master: {settings: [{name: offer-timeout, value: 1m}]}")
                .getMetadata()
                .getAnnotations();
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void mastersAreToldTheirListenersAndCertificates() {
        var text = configuration("""
                listeners:
                  - {name: internal}
                  - {name: old, port: 5060, tls: false, authentication: [Anonymous]}
                  - {name: outside, port: 5070, type: LoadBalancer, advertisedAddress: 'proffer.example.com:443'}
                master: {settings: [{name: offer-timeout, value: 90s}]}
                """);
        assertThat(text.lines())
                .contains(
                        "proffer.master.cluster=main",
                        "proffer.master.listeners.internal.port=5050",
                        "proffer.master.listeners.internal.service=proffer-master-internal",
                        "proffer.master.agents.service=proffer-agent-link",
                        "proffer.master.listeners.internal.advertised-host=proffer-master-internal.proffer.svc",
                        "proffer.master.listeners.internal.certificate=/etc/proffer/tls/tls.crt",
                        "proffer.master.listeners.old.plain=true",
                        "proffer.master.listeners.old.authentication=anonymous",
                        "proffer.master.identity.audience=proffer.dev/proffer/main",
                        "proffer.master.listeners.outside.advertised-host=proffer.example.com",
                        "proffer.master.listeners.outside.advertised-port=443",
                        "proffer.master.agents.key=/etc/proffer/tls/tls.key",
                        "proffer.master.offer-timeout=90s")
                .contains("proffer.master.listeners.internal.authentication=tokens");
    }

    @Test
    void aSettingOfTheOperatorsIsNotTakenAndSaidSo() {
        var spec = "master: {settings: [{name: lease, value: mine}]}";
        assertThat(configuration(spec)).doesNotContain("mine");
        assertThat(Clusters.plan(spec).verdicts())
                .filteredOn(verdict -> verdict.type().equals(ClusterVerdicts.DEGRADED))
                .singleElement()
                .satisfies(verdict -> {
                    assertThat(verdict.holds()).isTrue();
                    assertThat(verdict.message()).contains("'lease'");
                });
    }

    @Test
    void servicesOfListenersSelectNobody() {
        var plan = Clusters.plan("listeners: [{name: a}, {name: b, port: 5060, type: NodePort, nodePort: 30050,"
                + " advertisedAddress: 'n:30050'}]");
        var services = plan.children().stream()
                .filter(Service.class::isInstance)
                .map(Service.class::cast)
                .filter(service -> !service.getMetadata().getName().equals(ClusterNames.METRICS))
                .toList();
        assertThat(services)
                .extracting(service -> service.getMetadata().getName())
                .containsExactly("proffer-master-a", "proffer-master-b", "proffer-agent-link");
        assertThat(services)
                .allSatisfy(
                        service -> assertThat(service.getSpec().getSelector()).isNullOrEmpty());
        assertThat(services.get(1).getSpec().getPorts().getFirst().getNodePort())
                .isEqualTo(30050);
        assertThat(plan.madeOnce())
                .extracting(slice -> slice.getMetadata().getName())
                .containsExactly(
                        "proffer-master-a",
                        "proffer-master-a.ipv6",
                        "proffer-master-b",
                        "proffer-master-b.ipv6",
                        "proffer-agent-link",
                        "proffer-agent-link.ipv6");
    }

    /** The type of a slice cannot change, and nobody knows beforehand which addresses pods have. */
    @Test
    void eachServiceHasASliceForEitherFamilyOfAddresses() {
        var slices = Clusters.plan("").madeOnce().stream()
                .map(EndpointSlice.class::cast)
                .toList();
        assertThat(slices).extracting(EndpointSlice::getAddressType).containsExactly("IPv4", "IPv6", "IPv4", "IPv6");
        assertThat(slices)
                .extracting(slice -> slice.getMetadata().getLabels().get("kubernetes.io/service-name"))
                .containsExactly(
                        "proffer-master-internal",
                        "proffer-master-internal",
                        "proffer-agent-link",
                        "proffer-agent-link");
    }

    @Test
    void anIngressLeadsToItsListener() {
        var plan = Clusters.plan("listeners: [{name: web, type: Ingress, advertisedAddress: 'p.example.com:443',"
                + " ingress: {host: p.example.com, secretName: web-tls}}]");
        var ingress = Clusters.child(plan, Ingress.class, "proffer-master-web");
        assertThat(ingress.getSpec().getRules().getFirst().getHost()).isEqualTo("p.example.com");
        assertThat(ingress.getSpec().getTls().getFirst().getSecretName()).isEqualTo("web-tls");
    }

    @Test
    void theMasterHasNoRightOnPodsAndWritesOnlySlicesOfItsOwn() {
        var rules =
                Clusters.child(Clusters.plan(""), Role.class, "proffer-master").getRules();
        assertThat(rules).flatExtracting(PolicyRule::getResources).doesNotContain("pods", "secrets", "*");
        assertThat(rules).flatExtracting(PolicyRule::getVerbs).doesNotContain("*");
        assertThat(rules)
                .filteredOn(rule -> rule.getResources().contains("endpointslices"))
                .singleElement()
                .extracting(PolicyRule::getResourceNames)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly(
                        "proffer-master-internal",
                        "proffer-master-internal.ipv6",
                        "proffer-agent-link",
                        "proffer-agent-link.ipv6");
        assertThat(Clusters.child(Clusters.plan(""), ServiceAccount.class, "proffer-agent")
                        .getAutomountServiceAccountToken())
                .isFalse();
    }

    @Test
    void onlyPortsOfTheMastersAreOpen() {
        var policy = Clusters.child(Clusters.plan(""), NetworkPolicy.class, "proffer-master");
        assertThat(policy.getSpec().getIngress().getFirst().getPorts())
                .extracting(port -> port.getPort().getIntVal())
                .containsExactly(5050, 5052, 8080);
    }

    @Test
    void monitoringIsThereWhereItsKindsAre() {
        var cluster = Clusters.withSpec("");
        var without = Clusters.nothingElse();
        var with = new ClusterObserved(
                without.olderCluster(),
                without.certificate(),
                without.masters(),
                without.daemonSets(),
                without.agents(),
                Set.of(OptionalKind.SERVICE_MONITOR),
                without.credentials());
        assertThat(kinds(ClusterPlan.of(cluster, without, Clusters.RELEASE))).doesNotContain("ServiceMonitor");
        var plan = ClusterPlan.of(cluster, with, Clusters.RELEASE);
        assertThat(kinds(plan)).contains("ServiceMonitor");
        assertThat(Clusters.child(plan, ConfigMap.class, ClusterNames.DASHBOARD)
                        .getData()
                        .get("proffer.json"))
                .contains("proffer_master_leading");
    }

    private static Stream<String> kinds(ClusterPlan plan) {
        return plan.children().stream().map(HasMetadata::getKind);
    }

    private static Deployment deployment(String spec) {
        return Clusters.child(Clusters.plan(spec), Deployment.class, "proffer-master");
    }

    private static PodTemplateSpec template(String spec) {
        return deployment(spec).getSpec().getTemplate();
    }

    private static PodSpec pod(String spec) {
        return template(spec).getSpec();
    }

    private static String configuration(String spec) {
        return Clusters.properties(Clusters.plan(spec), "proffer-master");
    }
}
