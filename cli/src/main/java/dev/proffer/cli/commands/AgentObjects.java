package dev.proffer.cli.commands;

import dev.proffer.cli.CliException;
import dev.proffer.crds.agent.Agent;
import dev.proffer.crds.agent.AgentSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.UnaryOperator;

/** Agent objects, found by what people call them. */
final class AgentObjects {
    private AgentObjects() {}

    /** @throws CliException if no agent is of that name or on that node */
    static Agent edit(KubernetesClient kubernetes, String node, UnaryOperator<AgentSpec> change) {
        var agent = kubernetes.resources(Agent.class).list().getItems().stream()
                .filter(one -> isMeant(one, node))
                .findFirst()
                .orElseThrow(() -> new CliException("there is no agent on node '" + node + "' in namespace '"
                        + kubernetes.getNamespace() + "'; see: kubectl proffer agents"));
        return kubernetes
                .resources(Agent.class)
                .inNamespace(agent.getMetadata().getNamespace())
                .withName(agent.getMetadata().getName())
                .edit(current -> {
                    current.setSpec(change.apply(current.getSpec()));
                    return current;
                });
    }

    private static boolean isMeant(Agent agent, String node) {
        return agent.getMetadata().getName().equals(node)
                || (agent.getStatus() != null && node.equals(agent.getStatus().node()));
    }
}
