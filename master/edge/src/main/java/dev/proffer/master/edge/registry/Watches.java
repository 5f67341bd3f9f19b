package dev.proffer.master.edge.registry;

import dev.proffer.crds.agent.Agent;
import dev.proffer.model.Moment;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import java.util.function.Consumer;

/** Watches Agent objects and Nodes; a watch that breaks or goes silent is begun anew. */
final class Watches implements AutoCloseable {
    private final Followed<Agent> agents;
    private final Followed<Node> nodes;

    /** What is told of a kind of objects, on threads of the client. */
    record Handler<T>(Consumer<T> present, Consumer<T> gone) implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            present.accept(object);
        }

        @Override
        public void onUpdate(T before, T object) {
            present.accept(object);
        }

        @Override
        public void onDelete(T object, boolean unknown) {
            gone.accept(object);
        }
    }

    private Watches(Followed<Agent> agents, Followed<Node> nodes) {
        this.agents = agents;
        this.nodes = nodes;
    }

    static Watches open(KubernetesClient client, AgentApi api, Handler<Agent> agentHandler, Handler<Node> nodeHandler) {
        var agents = new Followed<>(
                "Agent",
                () -> api.objects().runnableInformer(0),
                options -> api.objects().list(options).getMetadata().getResourceVersion(),
                agentHandler);
        // Of thousands of large Nodes only what is asked for is kept.
        var nodes = new Followed<>(
                "Node",
                () -> client.nodes()
                        .runnableInformer(0)
                        .itemStore(new ReducedStateItemStore<>(
                                ReducedStateItemStore.NAME_KEY_STATE,
                                Node.class,
                                client.getKubernetesSerialization(),
                                "spec.unschedulable")),
                options -> client.nodes().list(options).getMetadata().getResourceVersion(),
                nodeHandler);
        return new Watches(agents, nodes);
    }

    /** Whether all Nodes that there are have been told. */
    boolean nodesKnown() {
        return nodes.isKnown();
    }

    /** To be called often. May block for some seconds. */
    void look(Moment now) {
        agents.look(now);
        nodes.look(now);
    }

    @Override
    public void close() {
        agents.close();
        nodes.close();
    }
}
