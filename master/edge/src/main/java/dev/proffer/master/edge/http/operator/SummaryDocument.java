package dev.proffer.master.edge.http.operator;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.master.core.snapshot.TaskSnapshot;
import dev.proffer.model.AgentId;
import dev.proffer.protocol.v1.TaskState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code /state-summary}: agents and frameworks with counts of tasks in place of the tasks. */
public final class SummaryDocument implements StateEndpoint.Document {
    /** The states that Mesos counts here; it leaves the newer ones out. */
    private static final List<TaskState> COUNTED = List.of(
            TaskState.TASK_STAGING,
            TaskState.TASK_STARTING,
            TaskState.TASK_RUNNING,
            TaskState.TASK_KILLING,
            TaskState.TASK_FINISHED,
            TaskState.TASK_KILLED,
            TaskState.TASK_FAILED,
            TaskState.TASK_LOST,
            TaskState.TASK_ERROR,
            TaskState.TASK_UNREACHABLE);

    private final MasterFacts facts;

    public SummaryDocument(MasterFacts facts) {
        this.facts = facts;
    }

    @Override
    public void write(MasterSnapshot snapshot, JsonGenerator json) throws IOException {
        var live = snapshot.tasksByFramework();
        var past = tasksOfThePast(snapshot);
        json.writeStartObject();
        json.writeStringField("hostname", snapshot.leadership().info().getHostname());
        if (facts.cluster().isPresent()) {
            json.writeStringField("cluster", facts.cluster().get());
        }
        json.writeArrayFieldStart("slaves");
        for (var agent : snapshot.agents()) {
            var tasks = new ArrayList<>(agent.tasks());
            tasks.addAll(past.getOrDefault(agent.id(), List.of()));
            json.writeStartObject();
            AgentJson.writeFields(json, agent);
            writeCounts(json, tasks);
            writeIds(
                    json,
                    "framework_ids",
                    tasks.stream().map(task -> task.framework().value()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("frameworks");
        var frameworks = new FrameworkJson(
                live, snapshot.offers().stream().collect(Collectors.groupingBy(OfferSnapshot::framework)));
        for (var framework : snapshot.frameworks()) {
            var tasks = new ArrayList<>(live.getOrDefault(framework.id(), List.of()));
            tasks.addAll(framework.unreachableTasks());
            tasks.addAll(framework.completedTasks());
            json.writeStartObject();
            frameworks.writeSummaryFields(json, framework);
            writeCounts(json, tasks);
            writeIds(json, "slave_ids", tasks.stream().map(task -> task.agent().value()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Those that are remembered but run no more, or out of sight. */
    private static Map<AgentId, List<TaskSnapshot>> tasksOfThePast(MasterSnapshot snapshot) {
        var byAgent = new LinkedHashMap<AgentId, List<TaskSnapshot>>();
        snapshot.frameworks().stream()
                .flatMap(SummaryDocument::past)
                .forEach(task -> byAgent.computeIfAbsent(task.agent(), _ -> new ArrayList<>())
                        .add(task));
        return byAgent;
    }

    private static Stream<TaskSnapshot> past(FrameworkSnapshot framework) {
        return Stream.concat(framework.unreachableTasks().stream(), framework.completedTasks().stream());
    }

    private static void writeCounts(JsonGenerator json, List<TaskSnapshot> tasks) throws IOException {
        var counts = tasks.stream().collect(Collectors.groupingBy(TaskSnapshot::state, Collectors.counting()));
        for (var state : COUNTED) {
            json.writeNumberField(state.name(), counts.getOrDefault(state, 0L));
        }
    }

    private static void writeIds(JsonGenerator json, String field, Stream<String> ids) throws IOException {
        json.writeArrayFieldStart(field);
        for (var id : ids.collect(Collectors.toCollection(TreeSet::new))) {
            json.writeString(id);
        }
        json.writeEndArray();
    }
}
