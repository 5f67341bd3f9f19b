package dev.proffer.master.edge.registry;

import dev.proffer.crds.agent.Agent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches Agent objects and Nodes; a watch that breaks is begun anew. */
final class Watches implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    private final SharedIndexInformer<Agent> agents;
    private final SharedIndexInformer<Node> nodes;

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

    private Watches(SharedIndexInformer<Agent> agents, SharedIndexInformer<Node> nodes) {
        this.agents = agents;
        this.nodes = nodes;
    }

    static Watches open(KubernetesClient client, AgentApi api, Handler<Agent> agentHandler, Handler<Node> nodeHandler) {
        var agents = api.objects().runnableInformer(0);
        // Of thousands of large Nodes only what is asked for is kept.
        var nodes = client.nodes()
                .runnableInformer(0)
                .itemStore(new ReducedStateItemStore<>(
                        ReducedStateItemStore.NAME_KEY_STATE,
                        Node.class,
                        client.getKubernetesSerialization(),
                        "spec.unschedulable"));
        begin(agents, agentHandler, "Agent objects");
        begin(nodes, nodeHandler, "Nodes");
        return new Watches(agents, nodes);
    }

    private static <T extends HasMetadata> void begin(
            SharedIndexInformer<T> informer, Handler<T> handler, String what) {
        informer.addEventHandler(handler);
        informer.exceptionHandler((started, problem) -> {
            LOG.warn("cannot watch {}: {}", what, problem.getMessage());
            return true;
        });
        var _ = informer.start();
    }

    /** Whether all Nodes that there are have been told. */
    boolean nodesKnown() {
        return nodes.hasSynced();
    }

    @Override
    public void close() {
        agents.stop();
        nodes.stop();
    }
}
