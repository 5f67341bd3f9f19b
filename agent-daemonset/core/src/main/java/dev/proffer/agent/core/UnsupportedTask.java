package dev.proffer.agent.core;

import dev.proffer.protocol.v1.ContainerInfo;
import dev.proffer.protocol.v1.Environment;
import dev.proffer.protocol.v1.TaskInfo;
import java.util.Optional;

/** What a task may ask for that this agent cannot give: refused before anything is started, never ignored. */
final class UnsupportedTask {
    private UnsupportedTask() {}

    static Optional<String> problemWith(TaskInfo task) {
        if (task.hasExecutor()) {
            return Optional.of("executor: this agent runs command tasks only; give the task a command instead");
        }
        if (!task.getCommand().hasValue()) {
            return Optional.of("command.value: there is nothing to run; give a shell line or an executable");
        }
        if (task.getCommand().getUrisCount() > 0) {
            return Optional.of("command.uris: this agent has no fetcher; fetch the files in the command");
        }
        if (asksForIsolation(task.getContainer())) {
            return Optional.of("container: this agent starts plain processes; leave image, volumes, networks and limits"
                    + " away");
        }
        if (task.hasHealthCheck() || task.hasCheck()) {
            return Optional.of("health_check, check: this agent makes no checks; leave them away");
        }
        boolean secret = task.getCommand().getEnvironment().getVariablesList().stream()
                .anyMatch(variable -> variable.getType() == Environment.Variable.Type.SECRET);
        return secret
                ? Optional.of("command.environment: this agent resolves no secrets; use variables of type VALUE")
                : Optional.empty();
    }

    private static boolean asksForIsolation(ContainerInfo container) {
        return container.hasDocker()
                || container.getMesos().hasImage()
                || container.getVolumesCount() > 0
                || container.getNetworkInfosCount() > 0
                || container.hasHostname()
                || container.hasLinuxInfo()
                || container.hasRlimitInfo()
                || container.hasTtyInfo();
    }
}
