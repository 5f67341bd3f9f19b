package dev.proffer.agent.core.tasks;

import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.ContainerInfo;
import dev.proffer.protocol.v1.Environment;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.util.Optional;

/** Whether this agent can run a task at all: a command, without anything that has no launcher yet. */
final class LaunchCheck {
    /** Its two descriptions in an inventory must fit into one frame of 16 MiB, with its last updates. */
    private static final int TASK_BYTES_AT_MOST = 4 << 20;

    private LaunchCheck() {}

    /** Why it cannot, as the status that says so. */
    record Problem(TaskState state, TaskStatus.Reason reason, String message) {}

    static Optional<Problem> problemWith(TaskInfo task) {
        if (task.getSerializedSize() > TASK_BYTES_AT_MOST) {
            return invalid("the task's description has " + task.getSerializedSize() + " bytes, but this agent keeps "
                    + TASK_BYTES_AT_MOST + " at most: let the command fetch what is large");
        }
        if (task.hasExecutor()) {
            return invalid("'executor' is set, but this agent runs command tasks only: set 'command' instead");
        }
        if (!task.hasCommand()) {
            return invalid("'command' is not set, and this agent runs command tasks only");
        }
        if (task.getCommand().getValue().isEmpty()) {
            return invalid("'command.value' must name a program, or be a line for the shell");
        }
        if (task.hasHealthCheck() || task.hasCheck()) {
            return invalid("'health_check' and 'check' are not supported by this agent yet: leave them out");
        }
        return commandProblem(task.getCommand())
                .or(() -> task.hasContainer() ? containerProblem(task.getContainer()) : Optional.empty())
                .map(message ->
                        new Problem(TaskState.TASK_FAILED, TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED, message));
    }

    private static Optional<String> commandProblem(CommandInfo command) {
        if (command.getUrisCount() > 0) {
            return Optional.of("'command.uris' cannot be fetched by this agent yet: let the command fetch them");
        }
        return command.getEnvironment().getVariablesList().stream()
                .filter(variable -> variable.getType() == Environment.Variable.Type.SECRET)
                .findFirst()
                .map(variable -> "'command.environment' variable '" + variable.getName()
                        + "' is a secret, which this agent cannot resolve yet");
    }

    private static Optional<String> containerProblem(ContainerInfo container) {
        if (container.getType() == ContainerInfo.Type.DOCKER || container.hasDocker()) {
            return Optional.of(
                    "'container' of type DOCKER, or with 'container.docker', cannot be run by this agent yet");
        }
        if (container.getMesos().hasImage()) {
            return Optional.of("'container.mesos.image' cannot be provided by this agent yet");
        }
        if (container.getVolumesCount() > 0) {
            return Optional.of("'container.volumes' cannot be mounted by this agent yet");
        }
        if (container.getNetworkInfosCount() > 0) {
            return Optional.of("'container.network_infos' is not supported by this agent yet: tasks use its network");
        }
        return isolationSetting(container)
                .map(field -> "'container." + field + "' is not supported by this agent yet: leave it out");
    }

    /** The first that would need a container of its own. */
    private static Optional<String> isolationSetting(ContainerInfo container) {
        if (container.hasLinuxInfo()) {
            return Optional.of("linux_info");
        }
        if (container.hasRlimitInfo()) {
            return Optional.of("rlimit_info");
        }
        if (container.hasTtyInfo()) {
            return Optional.of("tty_info");
        }
        return container.hasHostname() ? Optional.of("hostname") : Optional.empty();
    }

    private static Optional<Problem> invalid(String message) {
        return Optional.of(new Problem(TaskState.TASK_ERROR, TaskStatus.Reason.REASON_TASK_INVALID, message));
    }
}
