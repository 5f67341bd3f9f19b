package dev.proffer.master.core.agents;

import dev.proffer.master.core.cluster.Task;
import dev.proffer.master.core.validation.FrameworkValidation;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.RolePath;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.resources.AllocationRoles;
import dev.proffer.protocol.resources.InvalidResourceException;
import dev.proffer.protocol.resources.ResourceReader;
import dev.proffer.protocol.v1.FrameworkInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** What an agent says runs on it, read and checked. An agent that contradicts itself is refused as a whole. */
final class InventoryReader {
    private InventoryReader() {}

    /** Either what was read, or what is wrong with it. */
    sealed interface Result {
        record Read(SequencedMap<FrameworkId, FrameworkInfo> frameworks, List<Task> tasks) implements Result {}

        record Refused(String problem) implements Result {}
    }

    static Result read(Session session, AgentId agent) {
        var frameworks = new LinkedHashMap<FrameworkId, FrameworkInfo>();
        for (var info : session.frameworks()) {
            var problem = frameworkProblem(info);
            if (problem.isPresent()) {
                return new Result.Refused("framework '" + info.getId().getValue() + "': " + problem.get());
            }
            frameworks.put(new FrameworkId(info.getId().getValue()), info);
        }
        var tasks = new ArrayList<Task>(session.tasks().size());
        for (var entry : session.tasks()) {
            var problem = entryProblem(entry, frameworks);
            if (problem.isPresent()) {
                return refused(entry, problem.get());
            }
            try {
                tasks.add(task(entry, agent));
            } catch (InvalidResourceException e) {
                return refused(entry, String.valueOf(e.getMessage()));
            }
        }
        return new Result.Read(frameworks, tasks);
    }

    private static Result refused(Session.Entry entry, String problem) {
        return new Result.Refused("task '" + entry.task().getTaskId().getValue() + "': " + problem);
    }

    private static Optional<String> frameworkProblem(FrameworkInfo info) {
        return info.getId().getValue().isEmpty()
                ? Optional.of("'id' must be set")
                : FrameworkValidation.problemWith(info);
    }

    private static Optional<String> entryProblem(
            Session.Entry entry, SequencedMap<FrameworkId, FrameworkInfo> frameworks) {
        var id = entry.task().getTaskId().getValue();
        if (id.isEmpty() || !id.equals(entry.info().getTaskId().getValue())) {
            return Optional.of("'task_id' must be the same in 'tasks' and 'task_infos', and not empty");
        }
        var framework = entry.task().getFrameworkId().getValue();
        return !framework.isEmpty() && frameworks.containsKey(new FrameworkId(framework))
                ? roleProblem(entry)
                : Optional.of("its framework '" + framework + "' is not in the inventory");
    }

    private static Optional<String> roleProblem(Session.Entry entry) {
        return entry.info().getResourcesList().stream()
                .filter(resource -> resource.getAllocationInfo().hasRole())
                .flatMap(resource ->
                        RolePath.problemWith(resource.getAllocationInfo().getRole()).stream())
                .findFirst();
    }

    private static Task task(Session.Entry entry, AgentId agent) throws InvalidResourceException {
        var resources = entry.info().getResourcesList();
        var role = AllocationRoles.commonRole(resources);
        var placement = new Task.Placement(
                new FrameworkId(entry.task().getFrameworkId().getValue()),
                new TaskId(entry.task().getTaskId().getValue()),
                agent,
                role.map(RolePath::new).orElse(RolePath.STAR));
        return Task.reported(placement, entry.info(), ResourceReader.read(resources), entry.task());
    }
}
