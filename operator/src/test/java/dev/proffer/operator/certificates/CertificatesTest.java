package dev.proffer.operator.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.plan.cluster.Certified;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CertificatesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final GeneratedCertificates certificates = new GeneratedCertificates(new SecureRandom());

    @Test
    void theCertificateIsForEveryAddressAndOfTheAuthority() throws Exception {
        var certified = certificates.certify(
                cluster("{listeners: [{name: internal}, {name: out, port: 5060, type: LoadBalancer,"
                        + " advertisedAddress: '203.0.113.7:443'}]}"),
                Optional.empty(),
                Optional.empty(),
                NOW);
        var leaf = leaf(certified);
        assertThat(Authority.hosts(leaf))
                .contains(
                        "proffer-master-internal.proffer.svc",
                        "proffer-agent-link.proffer.svc.cluster.local",
                        "203.0.113.7",
                        "localhost");
        var trusted = Pem.certificates(certified.trust().orElseThrow()).getFirst();
        assertThatCode(() -> leaf.verify(trusted.getPublicKey())).doesNotThrowAnyException();
        assertThat(trusted.getBasicConstraints()).isNotNegative();
        assertThat(leaf.getBasicConstraints()).isNegative();
    }

    @Test
    void whatIsGoodIsKept() {
        var first = certificates.certify(cluster("{}"), Optional.empty(), Optional.empty(), NOW);
        var second = again(first, cluster("{}"), NOW.plus(Duration.ofDays(59)));
        assertThat(second).isEqualTo(first);
    }

    @Test
    void aCertificateIsRenewedAMonthBeforeItsEndByTheSameAuthority() {
        var first = certificates.certify(cluster("{}"), Optional.empty(), Optional.empty(), NOW);
        var second = again(first, cluster("{}"), NOW.plus(Duration.ofDays(61)));
        assertThat(leaf(second)).isNotEqualTo(leaf(first));
        assertThat(second.trust()).isEqualTo(first.trust());
    }

    @Test
    void aNewListenerGetsACertificateWithItsName() {
        var first = certificates.certify(cluster("{}"), Optional.empty(), Optional.empty(), NOW);
        var second = again(first, cluster("{listeners: [{name: internal}, {name: more, port: 5060}]}"), NOW);
        assertThat(Authority.hosts(leaf(second))).contains("proffer-master-more.proffer.svc");
        assertThat(second.trust()).isEqualTo(first.trust());
    }

    @Test
    void aDamagedSecretIsMadeAnew() {
        var first = certificates.certify(cluster("{}"), Optional.empty(), Optional.empty(), NOW);
        var damaged = new SecretBuilder(secret(first, "proffer-master-tls"))
                .addToData("tls.key", "bm90IGEga2V5")
                .build();
        var second = certificates.certify(
                cluster("{}"), Optional.of(secret(first, "proffer-ca")), Optional.of(damaged), NOW);
        assertThat(second.problem()).isEmpty();
        assertThat(leaf(second)).isNotEqualTo(leaf(first));
    }

    @Test
    void aGivenSecretThatLacksSomethingOrExpiredIsNamed() {
        assertThat(GivenCertificate.certify("mine", Optional.empty(), NOW)
                        .problem()
                        .orElseThrow())
                .contains("'mine' does not exist", "create it");
        var made = certificates.certify(cluster("{}"), Optional.empty(), Optional.empty(), NOW);
        var whole = secret(made, "proffer-master-tls");
        assertThat(GivenCertificate.certify("mine", Optional.of(whole), NOW).problem())
                .isEmpty();
        var data = new HashMap<>(whole.getData());
        data.remove("tls.key");
        var without = new SecretBuilder(whole).withData(Map.copyOf(data)).build();
        assertThat(GivenCertificate.certify("mine", Optional.of(without), NOW)
                        .problem()
                        .orElseThrow())
                .contains("has no tls.key");
        assertThat(GivenCertificate.certify("mine", Optional.of(whole), NOW.plus(Duration.ofDays(91)))
                        .problem()
                        .orElseThrow())
                .contains("expired at 2026-04-01");
    }

    private Certified again(Certified before, ProfferCluster cluster, Instant now) {
        return certificates.certify(
                cluster,
                Optional.of(secret(before, "proffer-ca")),
                Optional.of(secret(before, "proffer-master-tls")),
                now);
    }

    private static X509Certificate leaf(Certified certified) {
        return Pem.certificates(GivenCertificate.text(secret(certified, "proffer-master-tls"), "tls.crt")
                        .orElseThrow())
                .getFirst();
    }

    private static Secret secret(Certified certified, String name) {
        return certified.objects().stream()
                .map(Secret.class::cast)
                .filter(secret -> secret.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ProfferCluster cluster(String spec) {
        return Serialization.unmarshal("""
                apiVersion: proffer.dev/v1alpha1
                kind: ProfferCluster
                metadata: {name: main, namespace: proffer}
                spec: %s
                """.formatted(spec), ProfferCluster.class);
    }
}
