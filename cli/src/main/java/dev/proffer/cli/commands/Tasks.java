package dev.proffer.cli.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.proffer.cli.output.Column;
import dev.proffer.cli.output.Printer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tasks, as the leading master sees them. */
@Command(name = "tasks", description = "Lists tasks: where they run, in which state.")
public final class Tasks extends ClusterCommand {
    @Option(
            names = {"-f", "--framework"},
            paramLabel = "ID|NAME",
            description = "Only tasks of this framework.")
    private @Nullable String framework;

    @Option(names = "--all", description = "Ended tasks, too.")
    private boolean ended;

    @Override
    void run(KubernetesClient kubernetes, Printer printer) {
        try (var master = master(kubernetes)) {
            var state = master.get("/state");
            var hosts = Cells.each(state.path("slaves"))
                    .collect(Collectors.toMap(
                            agent -> agent.path("id").asText(),
                            agent -> agent.path("hostname").asText()));
            var tasks = Cells.each(state.path("frameworks"))
                    .filter(this::isWanted)
                    .flatMap(this::tasks)
                    .toList();
            printer.print(
                    tasks, columns(hosts), JsonNodeFactory.instance.arrayNode().addAll(tasks), "No task runs.");
        }
    }

    private static List<Column<JsonNode>> columns(Map<String, String> hosts) {
        return List.of(
                Column.of("ID", task -> task.path("id").asText()),
                Column.of("FRAMEWORK", task -> task.path("framework_id").asText()),
                Column.of("STATE", task -> task.path("state").asText()),
                Column.of(
                        "NODE", task -> hosts.getOrDefault(task.path("slave_id").asText(), "")),
                Column.of("CPUS", task -> Cells.scalar(task.path("resources"), "cpus")),
                Column.of("MEM", task -> Cells.scalar(task.path("resources"), "mem")),
                Column.wide("NAME", task -> task.path("name").asText()),
                Column.wide("AGENT", task -> task.path("slave_id").asText()));
    }

    private boolean isWanted(JsonNode candidate) {
        return framework == null
                || framework.equals(candidate.path("id").asText())
                || framework.equals(candidate.path("name").asText());
    }

    private Stream<JsonNode> tasks(JsonNode owner) {
        var live = Cells.each(owner.path("tasks"));
        return ended ? Stream.concat(live, Cells.each(owner.path("completed_tasks"))) : live;
    }
}
