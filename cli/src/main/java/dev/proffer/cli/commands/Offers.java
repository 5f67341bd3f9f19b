package dev.proffer.cli.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.proffer.cli.output.Column;
import dev.proffer.cli.output.Printer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import picocli.CommandLine.Command;

/** Outstanding offers, as the leading master sees them. */
@Command(name = "offers", description = "Lists offers that frameworks have not answered yet.")
public final class Offers extends ClusterCommand {
    private static final List<Column<JsonNode>> COLUMNS = List.of(
            Column.of("ID", offer -> offer.path("id").asText()),
            Column.of("FRAMEWORK", offer -> offer.path("framework_id").asText()),
            Column.of("AGENT", offer -> offer.path("slave_id").asText()),
            Column.of("CPUS", offer -> Cells.scalar(offer.path("resources"), "cpus")),
            Column.of("MEM", offer -> Cells.scalar(offer.path("resources"), "mem")),
            Column.wide("DISK", offer -> Cells.scalar(offer.path("resources"), "disk")),
            Column.wide("PORTS", offer -> offer.path("resources").path("ports").asText("")));

    @Override
    void run(KubernetesClient kubernetes, Printer printer) {
        try (var master = master(kubernetes)) {
            var offers = Cells.each(master.get("/state").path("frameworks"))
                    .flatMap(framework -> Cells.each(framework.path("offers")))
                    .toList();
            printer.print(
                    offers, COLUMNS, JsonNodeFactory.instance.arrayNode().addAll(offers), "No offer is outstanding.");
        }
    }
}
