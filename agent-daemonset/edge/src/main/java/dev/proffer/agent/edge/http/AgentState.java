package dev.proffer.agent.edge.http;

import dev.proffer.agent.core.AgentSnapshot;
import dev.proffer.protocol.v1.AgentInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** The small part of Mesos' {@code /state} of an agent that there is so far. No task's environment is in it. */
final class AgentState {
    private AgentState() {}

    static JsonObject of(AgentInfo info, String version, AgentSnapshot snapshot) {
        var state = new JsonObject()
                .put("version", version)
                .put("id", snapshot.agentId().orElse(""))
                .put("hostname", info.getHostname());
        var problems = new JsonArray();
        snapshot.capacity()
                .problems()
                .forEach(problem -> problems.add(
                        new JsonObject().put("name", problem.getName()).put("message", problem.getMessage())));
        if (!problems.isEmpty()) {
            state.put("problems", problems);
        }
        Map<String, JsonArray> executors = new LinkedHashMap<>();
        snapshot.tasks()
                .forEach(task -> executors
                        .computeIfAbsent(task.container().task().framework().value(), _ -> new JsonArray())
                        .add(executor(task)));
        var frameworks = new JsonArray();
        executors.forEach(
                (id, list) -> frameworks.add(new JsonObject().put("id", id).put("executors", list)));
        return state.put("frameworks", frameworks);
    }

    private static JsonObject executor(AgentSnapshot.TaskView task) {
        var view = new JsonObject()
                .put("id", task.container().task().task().value())
                .put("name", task.info().getName())
                .put("framework_id", task.container().task().framework().value())
                .put("executor_id", task.container().task().task().value())
                .put("state", task.state().name());
        return new JsonObject()
                .put("id", task.container().task().task().value())
                .put("container", task.container().id())
                .put("tasks", new JsonArray().add(view));
    }
}
