package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.cluster.Annotation;
import dev.proffer.crds.cluster.IngressSpec;
import dev.proffer.crds.cluster.Listener;
import dev.proffer.crds.cluster.ProfferCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Services without selectors, whose EndpointSlices the leader writes: so they lead to the leader and to nobody else. */
final class ListenerObjects {
    private static final String SERVICE_OF_SLICE = "kubernetes.io/service-name";
    private static final String WRITER_OF_SLICE = "endpointslice.kubernetes.io/managed-by";

    private ListenerObjects() {}

    static List<HasMetadata> of(ProfferCluster cluster) {
        var objects = new ArrayList<HasMetadata>();
        for (var listener : cluster.getSpec().listeners()) {
            objects.add(service(cluster, listener));
            var ingress = listener.ingress();
            if (listener.type() == Listener.Type.Ingress && ingress != null) {
                objects.add(ingress(cluster, listener, ingress));
            }
        }
        objects.add(agentLink(cluster));
        return objects;
    }

    /** For both families of addresses, made empty where they are missing; from then on they are the leader's. */
    static List<EndpointSlice> slices(ProfferCluster cluster) {
        var slices = new ArrayList<EndpointSlice>();
        for (var listener : cluster.getSpec().listeners()) {
            addSlices(slices, cluster, ClusterNames.ofListener(listener.name()), listener.name(), listener.port());
        }
        addSlices(slices, cluster, ClusterNames.AGENT_LINK, "agents", Ports.AGENT_LINK);
        return slices;
    }

    private static void addSlices(
            List<EndpointSlice> slices, ProfferCluster cluster, String service, String portName, int port) {
        slices.add(slice(cluster, service, service, "IPv4", portName, port));
        slices.add(slice(cluster, service, ClusterNames.ofIpv6Slice(service), "IPv6", portName, port));
    }

    private static Service service(ProfferCluster cluster, Listener listener) {
        return new ServiceBuilder()
                .withMetadata(annotated(
                        ClusterNames.meta(
                                cluster, ClusterNames.ofListener(listener.name()), ClusterNames.MASTER_COMPONENT),
                        listener.annotations()))
                .withNewSpec()
                .withType(
                        switch (listener.type()) {
                            case Internal, Ingress -> "ClusterIP";
                            case NodePort -> "NodePort";
                            case LoadBalancer -> "LoadBalancer";
                        })
                .addToPorts(new ServicePortBuilder()
                        .withName(listener.name())
                        .withProtocol("TCP")
                        .withPort(listener.port())
                        .withTargetPort(new IntOrString(listener.port()))
                        .withNodePort(listener.nodePort())
                        .build())
                .endSpec()
                .build();
    }

    private static Service agentLink(ProfferCluster cluster) {
        return new ServiceBuilder()
                .withMetadata(ClusterNames.meta(cluster, ClusterNames.AGENT_LINK, ClusterNames.MASTER_COMPONENT))
                .withNewSpec()
                .withType("ClusterIP")
                .addNewPort()
                .withName("agents")
                .withProtocol("TCP")
                .withPort(Ports.AGENT_LINK)
                .withTargetPort(new IntOrString(Ports.AGENT_LINK))
                .endPort()
                .endSpec()
                .build();
    }

    private static EndpointSlice slice(
            ProfferCluster cluster, String service, String name, String addressType, String portName, int port) {
        var meta = ClusterNames.meta(cluster, name, ClusterNames.MASTER_COMPONENT);
        meta.getLabels().put(SERVICE_OF_SLICE, service);
        meta.getLabels().put(WRITER_OF_SLICE, ClusterNames.MASTER);
        return new EndpointSliceBuilder()
                .withMetadata(meta)
                .withAddressType(addressType)
                .withEndpoints(List.of())
                .addNewPort()
                .withName(portName)
                .withProtocol("TCP")
                .withPort(port)
                .endPort()
                .build();
    }

    private static Ingress ingress(ProfferCluster cluster, Listener listener, IngressSpec spec) {
        var name = ClusterNames.ofListener(listener.name());
        var builder = new IngressBuilder()
                .withMetadata(annotated(
                        ClusterNames.meta(cluster, name, ClusterNames.MASTER_COMPONENT), listener.annotations()))
                .withNewSpec()
                .withIngressClassName(spec.className())
                .addNewRule()
                .withHost(spec.host())
                .withNewHttp()
                .addNewPath()
                .withPath("/")
                .withPathType("Prefix")
                .withNewBackend()
                .withNewService()
                .withName(name)
                .withNewPort()
                .withNumber(listener.port())
                .endPort()
                .endService()
                .endBackend()
                .endPath()
                .endHttp()
                .endRule();
        if (spec.secretName() != null) {
            builder.addNewTl()
                    .addToHosts(spec.host())
                    .withSecretName(spec.secretName())
                    .endTl();
        }
        return builder.endSpec().build();
    }

    private static ObjectMeta annotated(ObjectMeta meta, @Nullable List<Annotation> annotations) {
        if (annotations != null && !annotations.isEmpty()) {
            meta.setAnnotations(annotations.stream().collect(Collectors.toMap(Annotation::name, Annotation::value)));
        }
        return meta;
    }
}
