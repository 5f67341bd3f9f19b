package dev.proffer.cli.commands;

import com.fasterxml.jackson.databind.JsonNode;
import dev.proffer.cli.output.Column;
import dev.proffer.cli.output.Printer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** The frameworks that are subscribed, declared or not, as the leading master sees them. */
@Command(name = "frameworks", description = "Lists frameworks: what they hold, how many tasks run.")
public final class Frameworks extends ClusterCommand {
    private static final List<Column<JsonNode>> COLUMNS = List.of(
            Column.of("ID", framework -> framework.path("id").asText()),
            Column.of("NAME", framework -> framework.path("name").asText()),
            Column.of("CONNECTED", framework -> framework.path("connected").asText()),
            Column.of("ROLES", Frameworks::roles),
            Column.of(
                    "TASKS",
                    framework -> Integer.toString(framework.path("tasks").size())),
            Column.of("CPUS", framework -> Cells.scalar(framework.path("used_resources"), "cpus")),
            Column.of("MEM", framework -> Cells.scalar(framework.path("used_resources"), "mem")),
            Column.wide("PRINCIPAL", framework -> framework.path("principal").asText("")),
            Column.wide("HOSTNAME", framework -> framework.path("hostname").asText("")),
            Column.wide("OFFERED CPUS", framework -> Cells.scalar(framework.path("offered_resources"), "cpus")));

    private static String roles(JsonNode framework) {
        var roles = framework.path("roles");
        return roles.isArray()
                ? Cells.each(roles).map(JsonNode::asText).collect(Collectors.joining(","))
                : framework.path("role").asText("");
    }

    @Override
    void run(KubernetesClient kubernetes, Printer printer) {
        try (var master = master(kubernetes)) {
            var frameworks = master.get("/state").path("frameworks");
            printer.print(Cells.each(frameworks).toList(), COLUMNS, frameworks, "No framework is subscribed.");
        }
    }
}
