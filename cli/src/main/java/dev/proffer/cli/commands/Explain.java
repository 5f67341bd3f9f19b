package dev.proffer.cli.commands;

import com.fasterxml.jackson.databind.JsonNode;
import dev.proffer.cli.output.Column;
import dev.proffer.cli.output.Printer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Why a framework gets no offers. */
@Command(name = "explain", description = "Says of each agent why it is not offered to a framework, or that it is.")
public final class Explain extends ClusterCommand {
    private static final List<Column<JsonNode>> COLUMNS = List.of(
            Column.of("ROLE", reason -> reason.path("role").asText()),
            Column.of("AGENT", reason -> reason.path("hostname").asText()),
            Column.of("REASON", reason -> reason.path("reason").asText()),
            Column.of("MESSAGE", reason -> reason.path("message").asText()),
            Column.wide("AGENT ID", reason -> reason.path("agent_id").asText()));

    @Parameters(paramLabel = "FRAMEWORK", description = "The framework's id, or its name if only one has it.")
    @SuppressWarnings("NullAway.Init") // Injected.
    private String framework;

    @Option(names = "--role", paramLabel = "ROLE", description = "Only in this role.")
    private @Nullable String role;

    @Option(names = "--agent", paramLabel = "ID", description = "Only this agent.")
    private @Nullable String agent;

    @Override
    void run(KubernetesClient kubernetes, Printer printer) {
        try (var master = master(kubernetes)) {
            var query = new StringBuilder("/api/proffer/v1/explain?framework=").append(encoded(framework));
            if (role != null) {
                query.append("&role=").append(encoded(role));
            }
            if (agent != null) {
                query.append("&agent=").append(encoded(agent));
            }
            var answer = master.get(query.toString());
            printer.print(
                    Cells.each(answer.path("agents")).toList(),
                    COLUMNS,
                    answer,
                    "There is no agent that could be offered.");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
