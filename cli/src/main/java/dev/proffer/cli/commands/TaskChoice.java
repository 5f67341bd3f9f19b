package dev.proffer.cli.commands;

import com.fasterxml.jackson.databind.JsonNode;
import dev.proffer.cli.CliException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The task that somebody means by its id. */
record TaskChoice(String agent, String framework, String executor) {

    /**
     * The live one of that id, or the last that ended.
     *
     * @param framework an id or a name, if the task's id is not enough
     * @throws CliException if there is none, or several frameworks have one
     */
    static TaskChoice find(JsonNode state, String task, Optional<String> framework) {
        var frameworks = Stream.concat(
                        Cells.each(state.path("frameworks")), Cells.each(state.path("completed_frameworks")))
                .filter(one -> framework.isEmpty() || isCalled(one, framework.get()))
                .filter(one -> last(one, task).isPresent())
                .toList();
        if (frameworks.isEmpty()) {
            throw new CliException("there is no task '" + task + "'"
                    + framework.map(name -> " of framework '" + name + "'").orElse("")
                    + "; see: kubectl proffer tasks --all");
        }
        if (frameworks.size() > 1) {
            throw new CliException("several frameworks have a task '" + task + "'; name one by --framework: "
                    + frameworks.stream().map(TaskChoice::label).collect(Collectors.joining(", ")));
        }
        return of(last(frameworks.getFirst(), task).orElseThrow());
    }

    private static TaskChoice of(JsonNode task) {
        var executor = task.path("executor_id").asText();
        return new TaskChoice(
                task.path("slave_id").asText(),
                task.path("framework_id").asText(),
                executor.isEmpty() ? task.path("id").asText() : executor);
    }

    private static boolean isCalled(JsonNode framework, String name) {
        return name.equals(framework.path("id").asText())
                || name.equals(framework.path("name").asText());
    }

    private static String label(JsonNode framework) {
        return framework.path("id").asText() + " (" + framework.path("name").asText() + ")";
    }

    /** Ended ones come before live ones, and of each kind the oldest first. */
    private static Optional<JsonNode> last(JsonNode framework, String task) {
        return List.of("completed_tasks", "unreachable_tasks", "tasks").stream()
                .flatMap(kind -> Cells.each(framework.path(kind)))
                .filter(one -> one.path("id").asText().equals(task))
                .reduce((_, later) -> later);
    }
}
