package dev.proffer.master.edge.registry;

import dev.proffer.crds.agent.Agent;
import dev.proffer.crds.agent.AgentSpec;
import dev.proffer.crds.agent.AgentStatus;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The requests for Agent objects. Each blocks, and fails with a KubernetesClientException. */
final class AgentApi {
    private static final long PAGE = 500;

    private final KubernetesClient client;
    private final String namespace;

    AgentApi(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** All of them, as they are now, page by page: never what a cache of the API server still has. */
    List<Agent> list() {
        var agents = new ArrayList<Agent>();
        String next = null;
        do {
            var page = objects()
                    .list(new ListOptionsBuilder()
                            .withLimit(PAGE)
                            .withContinue(next)
                            .build());
            agents.addAll(page.getItems());
            next = page.getMetadata() == null ? null : page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return agents;
    }

    Optional<Agent> get(String name) {
        return Optional.ofNullable(objects().withName(name).get());
    }

    Agent create(String name, Map<String, String> annotations) {
        var object = new Agent();
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withAnnotations(annotations)
                .build());
        object.setSpec(new AgentSpec(null, null));
        return objects().resource(object).create();
    }

    /** Only if the object is still the one that was seen. */
    Agent updateStatus(Agent seen, AgentStatus status) {
        var object = new Agent();
        object.setMetadata(new ObjectMetaBuilder(seen.getMetadata()).build());
        object.setSpec(seen.getSpec());
        object.setStatus(status);
        return objects().resource(object).updateStatus();
    }

    /** Only if the object is still the one that was seen. */
    void delete(Agent seen) {
        var _ = objects()
                .resource(seen)
                .lockResourceVersion(seen.getMetadata().getResourceVersion())
                .delete();
    }

    NonNamespaceOperation<Agent, KubernetesResourceList<Agent>, Resource<Agent>> objects() {
        MixedOperation<Agent, KubernetesResourceList<Agent>, Resource<Agent>> all = client.resources(Agent.class);
        return all.inNamespace(namespace);
    }
}
