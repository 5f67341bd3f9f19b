package dev.proffer.operator.plan.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Grafana dashboard of the questions that are asked first. */
final class Dashboard {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(SerializationFeature.INDENT_OUTPUT);

    private static final int WIDTH = 12;
    private static final int HEIGHT = 8;

    private static final List<Panel> PANELS = List.of(
            new Panel("Who leads", "max by (pod) (proffer_master_leading)", "{{pod}}"),
            new Panel("Term", "max(proffer_master_term)", "term"),
            new Panel("Agents", "sum by (state) (proffer_master_agents)", "{{state}}"),
            new Panel("Frameworks", "sum by (state) (proffer_master_frameworks)", "{{state}}"),
            new Panel("Tasks", "sum by (state) (proffer_master_tasks)", "{{state}}"),
            new Panel("Offers outstanding", "sum(proffer_master_offers)", "offers"),
            new Panel(
                    "Calls a second",
                    "sum by (type, status) (rate(proffer_master_calls_seconds_count[5m]))",
                    "{{type}} {{status}}"),
            new Panel("Inputs that wait for the writer", "max(proffer_master_inbox)", "inputs"));

    private Dashboard() {}

    private record Panel(String title, String query, String legend) {}

    static String json() {
        var panels = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < PANELS.size(); i++) {
            panels.add(panel(i, PANELS.get(i)));
        }
        try {
            return JSON.writeValueAsString(Map.of(
                    "title",
                    "Proffer",
                    "uid",
                    "proffer",
                    "schemaVersion",
                    39,
                    "refresh",
                    "30s",
                    "time",
                    Map.of("from", "now-3h", "to", "now"),
                    "panels",
                    panels));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text and numbers are JSON", e);
        }
    }

    private static Map<String, Object> panel(int index, Panel panel) {
        return Map.of(
                "id", index + 1,
                "type", "timeseries",
                "title", panel.title(),
                "gridPos", Map.of("x", index % 2 * WIDTH, "y", index / 2 * HEIGHT, "w", WIDTH, "h", HEIGHT),
                "targets", List.of(Map.of("refId", "A", "expr", panel.query(), "legendFormat", panel.legend())));
    }
}
