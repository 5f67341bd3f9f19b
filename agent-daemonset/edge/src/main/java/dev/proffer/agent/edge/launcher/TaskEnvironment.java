package dev.proffer.agent.edge.launcher;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.protocol.v1.TaskInfo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment of a task: what Mesos' executors get, and above it what the command names. Never the agent's own. */
public final class TaskEnvironment {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** Tells a task's processes from all others; a command cannot set it. */
    public static final String CONTAINER = "PROFFER_CONTAINER_ID";

    private TaskEnvironment() {}

    public static Map<String, String> of(AgentEffect.Launch launch, String agentEndpoint, Path sandbox) {
        var container = launch.container();
        var environment = new LinkedHashMap<String, String>();
        environment.put("PATH", PATH);
        environment.put("MESOS_SANDBOX", sandbox.toString());
        environment.put("MESOS_DIRECTORY", sandbox.toString());
        environment.put("MESOS_FRAMEWORK_ID", container.task().framework().value());
        environment.put("MESOS_EXECUTOR_ID", container.task().task().value());
        environment.put("MESOS_SLAVE_ID", container.agent().value());
        environment.put("MESOS_AGENT_ENDPOINT", agentEndpoint);
        environment.put("MESOS_CHECKPOINT", "1");
        allocationRole(launch.task(), environment);
        launch.task()
                .getCommand()
                .getEnvironment()
                .getVariablesList()
                .forEach(variable -> environment.put(variable.getName(), variable.getValue()));
        environment.put(CONTAINER, container.id());
        return environment;
    }

    private static void allocationRole(TaskInfo task, Map<String, String> environment) {
        task.getResourcesList().stream()
                .filter(resource -> resource.getAllocationInfo().hasRole())
                .findFirst()
                .ifPresent(resource -> environment.put(
                        "MESOS_ALLOCATION_ROLE", resource.getAllocationInfo().getRole()));
    }
}
