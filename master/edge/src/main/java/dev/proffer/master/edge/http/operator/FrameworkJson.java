package dev.proffer.master.edge.http.operator;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.master.core.snapshot.FrameworkSnapshot.State;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.master.core.snapshot.TaskSnapshot;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Resources;
import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Frameworks as Mesos' state documents show them. */
final class FrameworkJson {
    private final Map<FrameworkId, List<TaskSnapshot>> tasks;
    private final Map<FrameworkId, List<OfferSnapshot>> offers;

    /**
     * @param tasks the live ones by framework
     * @param offers the outstanding ones by framework
     */
    FrameworkJson(Map<FrameworkId, List<TaskSnapshot>> tasks, Map<FrameworkId, List<OfferSnapshot>> offers) {
        this.tasks = tasks;
        this.offers = offers;
    }

    void write(JsonGenerator json, FrameworkSnapshot framework) throws IOException {
        var itsOffers = offers.getOrDefault(framework.id(), List.of());
        var used = used(framework);
        var offered = offered(framework);
        json.writeStartObject();
        writeSummaryFields(json, framework);
        json.writeStringField("user", framework.info().getUser());
        json.writeNumberField("failover_timeout", Times.seconds(framework.info().getFailoverTimeout()));
        json.writeBooleanField("checkpoint", framework.info().getCheckpoint());
        writeTimes(json, framework);
        if (framework.info().hasPrincipal()) {
            json.writeStringField("principal", framework.info().getPrincipal());
        }
        ResourcesJson.write(json, "resources", used.plus(offered));
        writeRoles(json, framework);
        TaskJson.writeAll(json, "tasks", tasks.getOrDefault(framework.id(), List.of()));
        TaskJson.writeAll(json, "unreachable_tasks", framework.unreachableTasks());
        TaskJson.writeAll(json, "completed_tasks", framework.completedTasks());
        writeOffers(json, itsOffers);
        json.writeArrayFieldStart("executors");
        json.writeEndArray();
        if (framework.info().hasLabels()) {
            TaskJson.writeLabels(json, framework.info().getLabels());
        }
        json.writeEndObject();
    }

    /** What the summary shows as well. */
    void writeSummaryFields(JsonGenerator json, FrameworkSnapshot framework) throws IOException {
        json.writeStringField("id", framework.id().value());
        json.writeStringField("name", framework.info().getName());
        ResourcesJson.write(json, "used_resources", used(framework));
        ResourcesJson.write(json, "offered_resources", offered(framework));
        json.writeArrayFieldStart("capabilities");
        for (var capability : framework.info().getCapabilitiesList()) {
            json.writeString(capability.getType().name());
        }
        json.writeEndArray();
        json.writeStringField("hostname", framework.info().getHostname());
        json.writeStringField("webui_url", framework.info().getWebuiUrl());
        json.writeBooleanField("active", framework.connected());
        json.writeBooleanField("connected", framework.connected());
        json.writeBooleanField("recovered", framework.state() == State.RECOVERED);
    }

    private Resources used(FrameworkSnapshot framework) {
        return AgentJson.sum(
                tasks.getOrDefault(framework.id(), List.of()).stream().map(TaskSnapshot::resources));
    }

    private Resources offered(FrameworkSnapshot framework) {
        return AgentJson.sum(
                offers.getOrDefault(framework.id(), List.of()).stream().map(OfferSnapshot::resources));
    }

    private static void writeTimes(JsonGenerator json, FrameworkSnapshot framework) throws IOException {
        json.writeNumberField("registered_time", Times.seconds(framework.registeredAt()));
        json.writeNumberField(
                "unregistered_time",
                framework.unregisteredAt().map(Times::seconds).orElse(BigDecimal.ZERO));
        if (framework.reregisteredAt().isPresent()) {
            json.writeNumberField(
                    "reregistered_time",
                    Times.seconds(framework.reregisteredAt().get()));
        }
    }

    private static void writeRoles(JsonGenerator json, FrameworkSnapshot framework) throws IOException {
        var info = framework.info();
        if (info.getCapabilitiesList().stream().noneMatch(c -> c.getType() == Capability.Type.MULTI_ROLE)) {
            json.writeStringField(
                    "role",
                    framework.roles().isEmpty()
                            ? "*"
                            : framework.roles().getFirst().value());
            return;
        }
        json.writeArrayFieldStart("roles");
        for (var role : framework.roles()) {
            json.writeString(role.value());
        }
        json.writeEndArray();
    }

    private static void writeOffers(JsonGenerator json, List<OfferSnapshot> offers) throws IOException {
        json.writeArrayFieldStart("offers");
        for (var offer : offers) {
            json.writeStartObject();
            json.writeStringField("id", offer.id().value());
            json.writeStringField("framework_id", offer.framework().value());
            json.writeObjectFieldStart("allocation_info");
            json.writeStringField("role", offer.role().value());
            json.writeEndObject();
            json.writeStringField("slave_id", offer.agent().value());
            ResourcesJson.write(json, "resources", offer.resources());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
