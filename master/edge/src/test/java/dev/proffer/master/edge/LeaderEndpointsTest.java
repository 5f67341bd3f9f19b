package dev.proffer.master.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.master.edge.endpoints.LeaderEndpoints;
import dev.proffer.master.edge.endpoints.ServedServices;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where Services lead. */
class LeaderEndpointsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SERVICE = "schedulers";

    private final KubernetesApi api = new KubernetesApi();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aServiceLeadsToTheLeaderByIpv4OrIpv6WhicheverItsPodHas() {
        try (var first = endpoints("10.0.0.7")) {
            first.lead(1);
            awaitAddresses(SERVICE, "10.0.0.7");
        }
        try (var second = endpoints("fd00::7")) {
            second.lead(2);
            awaitAddresses(SERVICE + ".ipv6", "fd00::7");
            awaitAddresses(SERVICE);
        }
        assertThat(slice(SERVICE + ".ipv6").orElseThrow().getAddressType()).isEqualTo("IPv6");
        assertThat(slice(SERVICE).orElseThrow().getAddressType()).isEqualTo("IPv4");
        try (var third = endpoints("10.0.0.8")) {
            third.lead(3);
            awaitAddresses(SERVICE, "10.0.0.8");
            awaitAddresses(SERVICE + ".ipv6");
        }
    }

    private LeaderEndpoints endpoints(String address) {
        return new LeaderEndpoints(
                new KubernetesClientBuilder().withConfig(api.config()).build(),
                KubernetesApi.NAMESPACE,
                ServedServices.of(address, Map.of("test", SERVICE)),
                _ -> 5050);
    }

    private Optional<EndpointSlice> slice(String name) {
        return Optional.ofNullable(api.client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(KubernetesApi.NAMESPACE)
                .withName(name)
                .get());
    }

    private void awaitAddresses(String name, String... addresses) {
        await().atMost(PATIENCE)
                .until(() -> slice(name)
                        .map(slice -> Stream.ofNullable(slice.getEndpoints())
                                .flatMap(List::stream)
                                .flatMap(endpoint -> endpoint.getAddresses().stream())
                                .toList())
                        .equals(Optional.of(List.of(addresses))));
    }
}
