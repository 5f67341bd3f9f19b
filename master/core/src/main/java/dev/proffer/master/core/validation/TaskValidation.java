package dev.proffer.master.core.validation;

import dev.proffer.model.AgentId;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.model.Scalar;
import dev.proffer.protocol.resources.AllocationRoles;
import dev.proffer.protocol.resources.InvalidResourceException;
import dev.proffer.protocol.resources.ResourceReader;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.TaskInfo;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Whether a task of a LAUNCH can be launched. The rules and their order are those of Mesos' task validation. */
public final class TaskValidation {
    private TaskValidation() {}

    /**
     * Where a task is to be launched.
     *
     * @param offered what is left of the offers, allocated to {@code role}
     * @param isLive whether an id is that of a task that the framework has
     * @param isUnreachable whether an id is that of a task of the framework on an unreachable agent
     * @param agentHas what the agent understands
     */
    public record Place(
            AgentId agent,
            RolePath role,
            Resources offered,
            Predicate<String> isLive,
            Predicate<String> isUnreachable,
            Predicate<AgentInfo.Capability.Type> agentHas) {}

    /** Either what the task needs, or why it cannot have it. */
    public sealed interface Verdict {
        record Valid(Resources needed) implements Verdict {}

        record Invalid(String problem) implements Verdict {}
    }

    public static Verdict judge(TaskInfo task, Place place) {
        var problem =
                identityProblem(task, place).or(() -> durationProblem(task)).or(() -> checksProblem(task));
        if (problem.isPresent()) {
            return new Verdict.Invalid(problem.get());
        }
        Resources needed;
        try {
            AllocationRoles.check(task.getResourcesList(), place.role());
            needed = ResourceReader.read(task.getResourcesList());
        } catch (InvalidResourceException e) {
            return new Verdict.Invalid("The task uses invalid resources: " + e.getMessage());
        }
        return TaskResources.problemWith(needed)
                .map(text -> "Invalid resources: " + text)
                .or(() -> runProblem(task))
                .or(() -> limitsProblem(task, needed, place))
                .or(() -> executionProblem(task))
                .or(() -> availabilityProblem(needed, place))
                .<Verdict>map(Verdict.Invalid::new)
                .orElseGet(() -> new Verdict.Valid(needed));
    }

    private static Optional<String> identityProblem(TaskInfo task, Place place) {
        var id = task.getTaskId().getValue();
        var syntax = IdSyntax.problemWith("task_id", id);
        if (syntax.isPresent()) {
            return syntax;
        }
        if (place.isLive.test(id)) {
            return Optional.of("The framework has a task '" + id + "' already; choose another id");
        }
        if (place.isUnreachable.test(id)) {
            return Optional.of("The id of task '" + id + "' is that of a task on an unreachable agent; choose another");
        }
        var agent = task.getAgentId().getValue();
        return agent.equals(place.agent.value())
                ? Optional.empty()
                : Optional.of("'agent_id' is '" + agent + "', but the offer is of agent '" + place.agent + "'");
    }

    private static Optional<String> durationProblem(TaskInfo task) {
        if (task.getKillPolicy().getGracePeriod().getNanoseconds() < 0) {
            return Optional.of("'kill_policy.grace_period' must not be negative");
        }
        return task.getMaxCompletionTime().getNanoseconds() < 0
                ? Optional.of("'max_completion_time' must not be negative")
                : Optional.empty();
    }

    private static Optional<String> checksProblem(TaskInfo task) {
        if (task.hasCheck()) {
            var problem = CheckValidation.problemWith(task.getCheck());
            if (problem.isPresent()) {
                return problem.map(text -> "Invalid 'check': " + text);
            }
        }
        return task.hasHealthCheck()
                ? CheckValidation.problemWith(task.getHealthCheck()).map(text -> "Invalid 'health_check': " + text)
                : Optional.empty();
    }

    private static Optional<String> runProblem(TaskInfo task) {
        if (task.hasCommand()) {
            var problem = CommandValidation.problemWith(task.getCommand());
            if (problem.isPresent()) {
                return problem.map(text -> "Invalid 'command': " + text);
            }
        }
        return task.hasContainer()
                ? ContainerValidation.problemWith(task.getContainer()).map(text -> "Invalid 'container': " + text)
                : Optional.empty();
    }

    private static Optional<String> limitsProblem(TaskInfo task, Resources needed, Place place) {
        if (task.getLimitsCount() == 0) {
            return Optional.empty();
        }
        if (!place.agentHas.test(AgentInfo.Capability.Type.TASK_RESOURCE_LIMITS)) {
            return Optional.of("The agent cannot hold tasks to 'limits' other than their resources");
        }
        for (var name : new TreeSet<>(task.getLimitsMap().keySet())) {
            if (!name.equals("cpus") && !name.equals("mem")) {
                return Optional.of("'limits' can name cpus and mem only, but names '" + name + "'");
            }
            var request = needed.scalar(name);
            if (request.equals(Scalar.ZERO)) {
                return Optional.of("A limit of '" + name + "' needs a resource '" + name + "' as well");
            }
            double limit = task.getLimitsOrThrow(name).getValue();
            if (!(limit >= request.toDouble())) {
                return Optional.of("The limit of '" + name + "' must be at least the " + request
                        + " that the task asks for, but is " + limit);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> executionProblem(TaskInfo task) {
        var linux = task.getContainer().getLinuxInfo();
        if (linux.hasShareCgroups() && !linux.getShareCgroups()) {
            return Optional.of("Only tasks of a task group can have 'share_cgroups' false");
        }
        if (task.hasCommand() == task.hasExecutor()) {
            return Optional.of("Either 'command' or 'executor' must be set, but not both");
        }
        return task.hasExecutor()
                ? Optional.of("Custom executors are not supported yet; set 'command' instead of 'executor'")
                : Optional.empty();
    }

    private static Optional<String> availabilityProblem(Resources needed, Place place) {
        return TaskResources.isContained(needed, place.offered)
                ? Optional.empty()
                : Optional.of(
                        "The task needs [" + needed + "], but of the offers only [" + place.offered + "] is left");
    }
}
