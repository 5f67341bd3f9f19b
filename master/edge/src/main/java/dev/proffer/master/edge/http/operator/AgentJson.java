package dev.proffer.master.edge.http.operator;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.snapshot.AgentSnapshot;
import dev.proffer.master.core.snapshot.MaintenanceSnapshot;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.master.core.snapshot.TaskSnapshot;
import dev.proffer.model.Attribute;
import dev.proffer.model.Resources;
import dev.proffer.protocol.resources.AttributeConversion;
import dev.proffer.protocol.resources.InvalidResourceException;
import dev.proffer.protocol.v1.AgentInfo;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Agents as Mesos' state documents show them, where they are called slaves. */
final class AgentJson {
    private AgentJson() {}

    /** Without the braces around it: the summary adds to it. */
    static void writeFields(JsonGenerator json, AgentSnapshot agent) throws IOException {
        json.writeStringField("id", agent.id().value());
        json.writeStringField("hostname", agent.info().getHostname());
        json.writeNumberField("port", agent.info().getPort());
        writeAttributes(json, agent.info());
        DomainJson.write(json, agent.info().getDomain());
        json.writeStringField("pid", "slave(1)@" + agent.address());
        json.writeNumberField("registered_time", Times.seconds(agent.registeredAt()));
        if (agent.reregisteredAt().isPresent()) {
            json.writeNumberField(
                    "reregistered_time", Times.seconds(agent.reregisteredAt().get()));
        }
        writeResources(json, agent);
        json.writeBooleanField("active", agent.active());
        json.writeBooleanField("deactivated", agent.deactivated());
        writeDrain(json, agent.maintenance());
        writeProblems(json, agent);
        json.writeStringField("version", agent.version());
        json.writeArrayFieldStart("capabilities");
        for (var capability : agent.capabilities()) {
            json.writeString(capability.getType().name());
        }
        json.writeEndArray();
    }

    /** Known from the registry, and not back yet. */
    static void write(JsonGenerator json, RegisteredAgent agent) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", agent.id().value());
        json.writeStringField("hostname", agent.hostname());
        json.writeNumberField("port", agent.info().getPort());
        writeAttributes(json, agent.info());
        DomainJson.write(json, agent.info().getDomain());
        json.writeEndObject();
    }

    private static void writeDrain(JsonGenerator json, MaintenanceSnapshot maintenance) throws IOException {
        var draining = maintenance.draining();
        var drain = maintenance.policy().drain();
        if (draining.isEmpty() || drain.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("drain_info");
        json.writeStringField("state", draining.get().done() ? "DRAINED" : "DRAINING");
        json.writeObjectFieldStart("config");
        if (drain.get().maxGracePeriod().isPresent()) {
            json.writeObjectFieldStart("max_grace_period");
            json.writeNumberField(
                    "nanoseconds", drain.get().maxGracePeriod().get().toNanos());
            json.writeEndObject();
        }
        json.writeBooleanField("mark_gone", drain.get().markGone());
        json.writeEndObject();
        json.writeEndObject();
        json.writeNumberField(
                "estimated_drain_start_time_seconds",
                Times.seconds(draining.get().since().plus(drain.get().after())));
    }

    /** Ours: Mesos' agents have none, they end. */
    private static void writeProblems(JsonGenerator json, AgentSnapshot agent) throws IOException {
        if (agent.problems().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("problems");
        for (var problem : agent.problems()) {
            json.writeStartObject();
            json.writeStringField("name", problem.getName());
            json.writeStringField("message", problem.getMessage());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeResources(JsonGenerator json, AgentSnapshot agent) throws IOException {
        ResourcesJson.write(json, "resources", agent.total());
        ResourcesJson.write(json, "used_resources", sum(agent.tasks().stream().map(TaskSnapshot::resources)));
        ResourcesJson.write(
                json, "offered_resources", sum(agent.offers().stream().map(OfferSnapshot::resources)));
        json.writeObjectFieldStart("reserved_resources");
        var roles = agent.total().stream()
                .flatMap(resource -> resource.reservedRole().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        for (var role : roles) {
            ResourcesJson.write(
                    json,
                    role.value(),
                    agent.total()
                            .filter(resource ->
                                    resource.reservedRole().filter(role::equals).isPresent()));
        }
        json.writeEndObject();
        ResourcesJson.write(json, "unreserved_resources", agent.total().unreserved());
    }

    static Resources sum(Stream<Resources> parts) {
        return parts.reduce(Resources.EMPTY, Resources::plus);
    }

    private static void writeAttributes(JsonGenerator json, AgentInfo info) throws IOException {
        json.writeObjectFieldStart("attributes");
        for (var attribute : attributes(info)) {
            switch (attribute.value()) {
                case Attribute.Text(var text) -> json.writeStringField(attribute.name(), text);
                case Attribute.OfScalar(var scalar) -> ResourcesJson.writeValue(json, attribute.name(), scalar);
                case Attribute.OfRanges(var ranges) -> ResourcesJson.writeValue(json, attribute.name(), ranges);
                case Attribute.OfItems(var items) -> ResourcesJson.writeValue(json, attribute.name(), items);
            }
        }
        json.writeEndObject();
    }

    private static List<Attribute> attributes(AgentInfo info) {
        try {
            return AttributeConversion.read(info.getAttributesList());
        } catch (InvalidResourceException unreadable) {
            return List.of();
        }
    }
}
