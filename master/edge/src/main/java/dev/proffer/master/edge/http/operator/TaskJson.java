package dev.proffer.master.edge.http.operator;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.proffer.master.core.snapshot.TaskSnapshot;
import dev.proffer.protocol.json.JsonWriter;
import dev.proffer.protocol.v1.ContainerStatus;
import dev.proffer.protocol.v1.Labels;
import dev.proffer.protocol.v1.TaskStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tasks as Mesos' state documents show them. Neither a command nor an environment is shown. */
final class TaskJson {
    private TaskJson() {}

    static void writeAll(JsonGenerator json, String field, List<TaskSnapshot> tasks) throws IOException {
        json.writeArrayFieldStart(field);
        for (var task : tasks) {
            write(json, task);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, TaskSnapshot task) throws IOException {
        var info = task.info();
        json.writeStartObject();
        json.writeStringField("id", task.id().value());
        json.writeStringField("name", info.getName());
        json.writeStringField("framework_id", task.framework().value());
        json.writeStringField("executor_id", info.getExecutor().getExecutorId().getValue());
        json.writeStringField("slave_id", task.agent().value());
        json.writeStringField("state", task.state().name());
        ResourcesJson.write(json, "resources", task.resources());
        json.writeStringField("role", task.role().value());
        json.writeArrayFieldStart("statuses");
        for (var status : task.statuses()) {
            write(json, status);
        }
        json.writeEndArray();
        if (info.hasLabels()) {
            writeLabels(json, info.getLabels());
        }
        if (info.getCommand().hasUser()) {
            json.writeStringField("user", info.getCommand().getUser());
        }
        json.writeEndObject();
    }

    /** By which Mesos-DNS and others find out where a task is. */
    private static void writeContainer(JsonGenerator json, ContainerStatus container) throws IOException {
        json.writeFieldName("container_status");
        json.writeRawValue(new String(new JsonWriter().write(container), StandardCharsets.UTF_8));
    }

    private static void write(JsonGenerator json, TaskStatus status) throws IOException {
        json.writeStartObject();
        json.writeStringField("state", status.getState().name());
        json.writeNumberField("timestamp", Times.seconds(status.getTimestamp()));
        if (status.hasLabels()) {
            writeLabels(json, status.getLabels());
        }
        if (status.hasContainerStatus()) {
            writeContainer(json, status.getContainerStatus());
        }
        if (status.hasHealthy()) {
            json.writeBooleanField("healthy", status.getHealthy());
        }
        json.writeEndObject();
    }

    static void writeLabels(JsonGenerator json, Labels labels) throws IOException {
        json.writeArrayFieldStart("labels");
        for (var label : labels.getLabelsList()) {
            json.writeStartObject();
            json.writeStringField("key", label.getKey());
            if (label.hasValue()) {
                json.writeStringField("value", label.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
