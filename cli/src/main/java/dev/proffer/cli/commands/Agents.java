package dev.proffer.cli.commands;

import dev.proffer.cli.output.Column;
import dev.proffer.cli.output.Printer;
import dev.proffer.crds.agent.Agent;
import dev.proffer.crds.agent.AgentStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** The agents, as their objects say. */
@Command(name = "agents", description = "Lists agents: where they run, what they have, whether they are offered.")
public final class Agents extends ClusterCommand {
    private static final List<Column<Agent>> COLUMNS = List.of(
            Column.of("NAME", agent -> agent.getMetadata().getName()),
            Column.of("NODE", of(AgentStatus::node)),
            Column.of("STATE", of(AgentStatus::state)),
            Column.of("REASON", of(Agents::reason)),
            Column.of("CPUS", of(status -> Cells.had(status.resources(), "cpus"))),
            Column.of("MEM", of(status -> Cells.had(status.resources(), "mem"))),
            Column.of("VERSION", of(AgentStatus::version)),
            Column.of("AGE", Cells::age),
            Column.wide("POOL", of(AgentStatus::pool)),
            Column.wide("ID", of(AgentStatus::agentId)),
            Column.wide("LAST SEEN", of(AgentStatus::lastSeen)),
            Column.wide("MESSAGE", of(AgentStatus::message)));

    /** Why it is offered, or not. */
    private static @Nullable Object reason(AgentStatus status) {
        return status.conditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .map(Condition::getReason)
                .findFirst()
                .orElse(null);
    }

    private static Function<Agent, String> of(Function<AgentStatus, @Nullable Object> value) {
        return agent -> agent.getStatus() == null ? "" : Cells.text(value.apply(agent.getStatus()));
    }

    @Override
    void run(KubernetesClient kubernetes, Printer printer) {
        var agents = kubernetes.resources(Agent.class).list().getItems();
        printer.print(agents, COLUMNS, agents, "No agent has registered yet.");
    }
}
