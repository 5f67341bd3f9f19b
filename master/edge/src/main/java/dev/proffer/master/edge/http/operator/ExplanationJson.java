package dev.proffer.master.edge.http.operator;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.proffer.allocator.explain.Explanation;
import dev.proffer.allocator.explain.Reason;
import dev.proffer.master.core.explanations.Explained;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.model.AgentId;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** An explanation as JSON: in sum, and agent by agent. */
final class ExplanationJson {
    /** In place of a reason, where there is none. */
    private static final String OFFERED = "WouldBeOffered";

    private final Map<AgentId, String> hostnames = new HashMap<>();

    ExplanationJson(MasterSnapshot snapshot) {
        snapshot.agents()
                .forEach(agent -> hostnames.put(agent.id(), agent.info().getHostname()));
    }

    void write(JsonGenerator json, Explained.Known known) throws IOException {
        json.writeStartObject();
        json.writeStringField("framework_id", known.framework().value());
        if (known.heldBack().isPresent()) {
            json.writeStringField("held_back", known.heldBack().get());
        }
        json.writeNumberField("outstanding_offers", known.outstandingOffers());
        if (known.lastOfferedAt().isPresent()) {
            json.writeStringField("last_offered_at", known.lastOfferedAt().get().toString());
        }
        json.writeArrayFieldStart("roles");
        for (var role : known.roles()) {
            writeSummary(json, role);
        }
        json.writeEndArray();
        json.writeNumberField("roles_left_out", known.rolesLeftOut());
        json.writeArrayFieldStart("agents");
        for (var role : known.roles()) {
            if (role.explanation().isPresent()) {
                writeAgents(json, role.explanation().get());
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeSummary(JsonGenerator json, Explained.OfRole role) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", role.role().value());
        if (role.withheld().isPresent()) {
            json.writeStringField("withheld", role.withheld().get());
        }
        json.writeObjectFieldStart("agents_by_reason");
        if (role.explanation().isPresent()) {
            for (var count : role.explanation().get().summary().entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeAgents(JsonGenerator json, Explanation explanation) throws IOException {
        for (var ofAgent : explanation.reasons().entrySet()) {
            if (ofAgent.getValue().isEmpty()) {
                writeReason(json, explanation, ofAgent.getKey(), OFFERED, "it would be offered in the next pass");
            }
            for (Reason reason : ofAgent.getValue()) {
                writeReason(
                        json, explanation, ofAgent.getKey(), reason.getClass().getSimpleName(), ReasonText.of(reason));
            }
        }
    }

    private void writeReason(JsonGenerator json, Explanation explanation, AgentId agent, String reason, String message)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("role", explanation.role().value());
        json.writeStringField("agent_id", agent.value());
        json.writeStringField("hostname", hostnames.getOrDefault(agent, ""));
        json.writeStringField("reason", reason);
        json.writeStringField("message", message);
        json.writeEndObject();
    }
}
