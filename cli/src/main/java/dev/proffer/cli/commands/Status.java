package dev.proffer.cli.commands;

import dev.proffer.cli.output.Printer;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.framework.Framework;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Whether all is well, and if not, what is not. */
@Command(name = "status", description = "Says who leads, how many agents and frameworks there are, and what is wrong.")
public final class Status extends ClusterCommand {
    @Override
    void run(KubernetesClient kubernetes, Printer printer) {
        var cluster = options().cluster(kubernetes);
        var frameworks = kubernetes.resources(Framework.class).list().getItems();
        printer.print(lines(cluster, frameworks), cluster);
    }

    private static List<String> lines(ProfferCluster cluster, List<Framework> frameworks) {
        var lines = new ArrayList<String>();
        var status = cluster.getStatus();
        lines.add("ProfferCluster " + cluster.getMetadata().getNamespace() + "/"
                + cluster.getMetadata().getName());
        if (status == null) {
            lines.add("Nobody has looked at it yet: does the operator run?");
            return lines;
        }
        lines.add("  leader       "
                + (status.leader() == null ? "none" : status.leader() + ", term " + Cells.text(status.term())));
        lines.add("  masters      " + Cells.text(status.mastersReady()) + " of "
                + cluster.getSpec().master().replicas() + " ready");
        var agents = status.agents();
        lines.add(
                "  agents       " + (agents == null ? "unknown" : agents.ready() + " of " + agents.total() + " ready"));
        lines.add("  tasks        " + (status.tasks() == null ? "unknown" : status.tasks()));
        long connected = frameworks.stream()
                .filter(framework -> framework.getStatus() != null
                        && Boolean.TRUE.equals(framework.getStatus().connected()))
                .count();
        lines.add("  frameworks   " + connected + " of " + frameworks.size() + " in this namespace connected");
        lines.add("  version      " + Cells.text(status.version()));
        for (var condition : status.conditions()) {
            lines.add("  %-12s %s, %s: %s"
                    .formatted(
                            condition.getType(), condition.getStatus(), condition.getReason(), condition.getMessage()));
        }
        return lines;
    }
}
