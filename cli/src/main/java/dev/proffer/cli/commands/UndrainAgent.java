package dev.proffer.cli.commands;

import dev.proffer.cli.output.Printer;
import dev.proffer.crds.agent.AgentSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a drain. */
@Command(name = "undrain", description = "Ends the drain of an agent, which is offered again.")
public final class UndrainAgent extends ClusterCommand {
    @Parameters(paramLabel = "NODE", description = "The agent's node, or the name of its Agent object.")
    @SuppressWarnings("NullAway.Init") // Injected.
    private String node;

    @Override
    void run(KubernetesClient kubernetes, Printer printer) {
        var back = AgentObjects.edit(kubernetes, node, spec -> new AgentSpec(/* drain= */ null, spec.deactivated()));
        printer.print(List.of("agent.proffer.dev/" + back.getMetadata().getName() + " drains no more"), back);
    }
}
