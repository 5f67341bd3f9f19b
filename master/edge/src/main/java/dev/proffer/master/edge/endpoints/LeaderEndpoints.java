package dev.proffer.master.edge.endpoints;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the EndpointSlices of the leader's Services when it takes the lead, and looks after them while it leads. A slice for
 * IPv4 has its Service's name, one for IPv6 that and {@code .ipv6}, since the type of a slice cannot change; its term keeps a leader that was overtaken from turning it back. Any thread.
 */
public final class LeaderEndpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderEndpoints.class);
    private static final String TERM = "proffer.dev/term";
    private static final String SERVICE = "kubernetes.io/service-name";
    private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    private static final String SELF = "proffer-master";
    private static final Duration CHECK = Duration.ofSeconds(60);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final String namespace;
    private final ServedServices services;
    private final ToIntFunction<String> ports;
    private @Nullable Thread keeping;

    /**
     * @param client its own; it gives up within a few seconds. Closed with this
     * @param ports what is listened on, by the port's name
     */
    public LeaderEndpoints(
            KubernetesClient client, String namespace, ServedServices services, ToIntFunction<String> ports) {
        this.client = client;
        this.namespace = namespace;
        this.services = services;
        this.ports = ports;
    }

    /** This master leads in that term from now on. Returns at once. */
    public synchronized void lead(long term) {
        stop();
        if (!services.byPort().isEmpty()) {
            keeping = Thread.ofVirtual().name("endpoints").start(() -> keep(term));
        }
    }

    @Override
    public synchronized void close() {
        stop();
        client.close();
    }

    private void stop() {
        if (keeping != null) {
            keeping.interrupt();
            keeping = null;
        }
    }

    private void keep(long term) {
        try {
            while (true) {
                Thread.sleep(writeAll(term) ? CHECK : RETRY);
            }
        } catch (InterruptedException over) {
            LOG.debug("endpoints are not looked after any more term={}", term);
        }
    }

    private boolean writeAll(long term) {
        boolean written = true;
        for (var service : services.byPort().entrySet()) {
            try {
                write(term, service.getKey(), service.getValue());
                clear(term, service.getValue());
            } catch (KubernetesClientException problem) {
                written = false;
                LOG.warn(
                        "the EndpointSlice of Service {} cannot be written; clients may reach no leader there: {}",
                        service.getValue(),
                        problem.getMessage());
            }
        }
        return written;
    }

    private void write(long term, String portName, String service) {
        var found = slices().withName(sliceOf(service, isIpv6())).get();
        if (found == null) {
            slices().resource(pointed(blank(service), term, portName)).create();
            return;
        }
        if (termOf(found) > term) {
            LOG.warn("Service {} leads to the leader of a later term: left alone", service);
            return;
        }
        var wanted = pointed(found, term, portName);
        if (!wanted.equals(found)) {
            slices().resource(wanted).update();
            LOG.info("Service {} leads here now address={} term={}", service, services.address(), term);
        }
    }

    /** What a leader of the other family left behind leads nowhere. */
    private void clear(long term, String service) {
        var found = slices().withName(sliceOf(service, !isIpv6())).get();
        if (found != null && leadsSomewhere(found) && termOf(found) <= term) {
            slices().resource(new EndpointSliceBuilder(found)
                            .editMetadata()
                            .addToAnnotations(TERM, Long.toString(term))
                            .endMetadata()
                            .withEndpoints(List.of())
                            .build())
                    .update();
        }
    }

    /** An API server writes no endpoints as null. */
    private static boolean leadsSomewhere(EndpointSlice slice) {
        var endpoints = slice.getEndpoints();
        return endpoints != null && !endpoints.isEmpty();
    }

    private NonNamespaceOperation<EndpointSlice, EndpointSliceList, Resource<EndpointSlice>> slices() {
        return client.discovery().v1().endpointSlices().inNamespace(namespace);
    }

    private boolean isIpv6() {
        return services.address().contains(":");
    }

    private static String sliceOf(String service, boolean ipv6) {
        return ipv6 ? service + ".ipv6" : service;
    }

    private EndpointSlice blank(String service) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(sliceOf(service, isIpv6()))
                .withNamespace(namespace)
                .addToLabels(SERVICE, service)
                .addToLabels(MANAGED_BY, SELF)
                .endMetadata()
                .withAddressType(isIpv6() ? "IPv6" : "IPv4")
                .build();
    }

    private EndpointSlice pointed(EndpointSlice slice, long term, String portName) {
        return new EndpointSliceBuilder(slice)
                .editMetadata()
                .addToAnnotations(TERM, Long.toString(term))
                .endMetadata()
                .withEndpoints(List.of(endpoint()))
                .withPorts(List.of(port(portName)))
                .build();
    }

    private Endpoint endpoint() {
        return new EndpointBuilder()
                .withAddresses(services.address())
                .withNewConditions()
                .withReady(true)
                .endConditions()
                .build();
    }

    private EndpointPort port(String name) {
        return new EndpointPortBuilder()
                .withName(name)
                .withProtocol("TCP")
                .withPort(ports.applyAsInt(name))
                .build();
    }

    /** One that a person has spoilt forbids nothing. */
    private static long termOf(EndpointSlice slice) {
        var annotations = slice.getMetadata().getAnnotations();
        try {
            return annotations == null ? 0 : Long.parseLong(annotations.getOrDefault(TERM, "0"));
        } catch (NumberFormatException spoilt) {
            return 0;
        }
    }
}
