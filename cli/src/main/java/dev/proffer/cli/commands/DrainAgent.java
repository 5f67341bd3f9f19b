package dev.proffer.cli.commands;

import dev.proffer.cli.output.Printer;
import dev.proffer.crds.agent.AgentSpec;
import dev.proffer.crds.agent.Drain;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for an agent to be emptied. */
@Command(
        name = "drain",
        description = "Has an agent emptied: no more offers, frameworks are asked to move, then tasks are killed.")
public final class DrainAgent extends ClusterCommand {
    @Parameters(paramLabel = "NODE", description = "The agent's node, or the name of its Agent object.")
    @SuppressWarnings("NullAway.Init") // Injected.
    private String node;

    @Option(
            names = "--after",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "How long frameworks have to move their tasks, such as 10m. Default: ${DEFAULT-VALUE}")
    private String after = "0s";

    @Option(
            names = "--max-grace-period",
            paramLabel = "TIME",
            description = "The longest time a task then has to end, such as 30s; its own, if absent.")
    private @Nullable String maxGracePeriod;

    @Option(names = "--mark-gone", description = "Declare the agent gone for good, once it is empty.")
    private boolean markGone;

    @Override
    void run(KubernetesClient kubernetes, Printer printer) {
        var drain = new Drain(after, maxGracePeriod, markGone);
        var drained = AgentObjects.edit(kubernetes, node, spec -> new AgentSpec(drain, spec.deactivated()));
        printer.print(
                List.of("agent.proffer.dev/" + drained.getMetadata().getName()
                        + " drains; watch it by: kubectl get pagent -w"),
                drained);
    }
}
