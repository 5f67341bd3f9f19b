package dev.proffer.master.core.validation;

import dev.proffer.master.core.policy.TaskPolicy;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.ContainerInfo;
import dev.proffer.protocol.v1.Image;
import dev.proffer.protocol.v1.LinuxInfo;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.Volume;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Whether what a task asks for is allowed to the tasks of its namespace. */
public final class TaskPermission {
    private static final String FILE_SCHEME = "file:";

    private final TaskPolicy policy;
    private final String frameworkUser;

    /** @param frameworkUser as whom tasks run that name nobody; may be empty */
    public TaskPermission(TaskPolicy policy, String frameworkUser) {
        this.policy = policy;
        this.frameworkUser = frameworkUser;
    }

    /** The first thing that is not allowed: field, rule and remedy. */
    public Optional<String> problemWith(TaskInfo task) {
        return defaultUserProblem(task)
                .or(() -> commandsProblem(commandsOf(task)))
                .or(() -> task.hasContainer() ? containerProblem("container", task.getContainer()) : Optional.empty())
                .or(() -> task.getExecutor().hasContainer()
                        ? containerProblem(
                                "executor.container", task.getExecutor().getContainer())
                        : Optional.empty());
    }

    /** All commands that run on the task's behalf, by their fields. */
    private static Map<String, CommandInfo> commandsOf(TaskInfo task) {
        var commands = new LinkedHashMap<String, CommandInfo>();
        commands.put("command", task.getCommand());
        commands.put("executor.command", task.getExecutor().getCommand());
        commands.put("check.command.command", task.getCheck().getCommand().getCommand());
        commands.put("health_check.command", task.getHealthCheck().getCommand());
        return commands;
    }

    private Optional<String> defaultUserProblem(TaskInfo task) {
        var own = task.hasExecutor() ? task.getExecutor().getCommand() : task.getCommand();
        return own.getUser().isEmpty() ? userProblem("FrameworkInfo.user", frameworkUser) : Optional.empty();
    }

    private Optional<String> commandsProblem(Map<String, CommandInfo> commands) {
        for (var command : commands.entrySet()) {
            var problem = userProblem(
                            command.getKey() + ".user", command.getValue().getUser())
                    .or(() -> urisProblem(command.getKey(), command.getValue()));
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private Optional<String> userProblem(String field, String user) {
        return user.isEmpty() || policy.allowsUser(user)
                ? Optional.empty()
                : Optional.of("'" + field + "' is '" + user + "', but tasks of this namespace may run as "
                        + (policy.users().isEmpty() ? "the agent's default user only" : policy.users())
                        + "; name one of these, or have '" + user + "' added to 'users' of the cluster's task policy");
    }

    /** The fetcher copies files of the node as the agent. */
    private Optional<String> urisProblem(String field, CommandInfo command) {
        return command.getUrisList().stream()
                .map(CommandInfo.URI::getValue)
                .filter(uri -> uri.startsWith("/") || uri.startsWith(FILE_SCHEME))
                .findFirst()
                .flatMap(uri -> hostProblem(field + ".uris", "names a file of the node, " + uri));
    }

    private Optional<String> containerProblem(String field, ContainerInfo container) {
        for (var volume : container.getVolumesList()) {
            var problem = volumeProblem(field + ".volumes", volume);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return linuxProblem(field + ".linux_info", container.getLinuxInfo())
                .or(() -> dockerProblem(field + ".docker", container.getDocker()))
                .or(() -> imageProblem(
                        field + ".mesos.image", container.getMesos().getImage()));
    }

    private Optional<String> volumeProblem(String field, Volume volume) {
        if (leavesSandbox(volume.getHostPath())) {
            return hostProblem(field + ".host_path", "is the node's folder " + volume.getHostPath());
        }
        return volume.getSource().hasHostPath()
                ? hostProblem(
                        field + ".source.host_path",
                        "is the node's folder "
                                + volume.getSource().getHostPath().getPath())
                : imageProblem(field + ".image", volume.getImage());
    }

    /** A relative path is one of the sandbox, as in Mesos. */
    private static boolean leavesSandbox(String path) {
        return path.startsWith("/") || path.contains("..");
    }

    private Optional<String> linuxProblem(String field, LinuxInfo linux) {
        if (linux.getSharePidNamespace()) {
            return hostProblem(field + ".share_pid_namespace", "is true");
        }
        if (linux.getIpcMode() == LinuxInfo.IpcMode.SHARE_PARENT) {
            return hostProblem(field + ".ipc_mode", "is SHARE_PARENT");
        }
        return capabilitiesProblem(field, linux)
                .or(() -> linux.getSeccomp().getUnconfined()
                        ? privilegeProblem(field + ".seccomp.unconfined", "is true")
                        : Optional.empty());
    }

    @SuppressWarnings("deprecation") // Old clients set the deprecated field.
    private Optional<String> capabilitiesProblem(String field, LinuxInfo linux) {
        if (linux.hasCapabilityInfo()) {
            return privilegeProblem(field + ".capability_info", "is set");
        }
        if (linux.hasEffectiveCapabilities()) {
            return privilegeProblem(field + ".effective_capabilities", "is set");
        }
        return linux.hasBoundingCapabilities()
                ? privilegeProblem(field + ".bounding_capabilities", "is set")
                : Optional.empty();
    }

    /** Parameters are options of the container runtime, and there is nothing that those cannot do. */
    private Optional<String> dockerProblem(String field, ContainerInfo.DockerInfo docker) {
        if (docker.getPrivileged()) {
            return privilegeProblem(field + ".privileged", "is true");
        }
        if (docker.getParametersCount() > 0) {
            return privilegeProblem(field + ".parameters", "is set");
        }
        return imageProblem(field + ".image", docker.getImage());
    }

    private Optional<String> imageProblem(String field, Image image) {
        return imageProblem(field + ".docker.name", image.getDocker().getName())
                .or(() -> imageProblem(field + ".appc.name", image.getAppc().getName()));
    }

    private Optional<String> imageProblem(String field, String image) {
        return image.isEmpty() || policy.allowsImage(image)
                ? Optional.empty()
                : Optional.of("'" + field + "' is '" + image
                        + "', but images of this namespace's tasks must start with one of " + policy.imagePrefixes()
                        + "; use such an image, or have its prefix added to the cluster's task policy");
    }

    private Optional<String> hostProblem(String field, String problem) {
        return policy.hostAccess()
                ? Optional.empty()
                : Optional.of("'" + field + "' " + problem
                        + ", but tasks of this namespace have no host access; leave it out, or have 'hostAccess' set in the"
                        + " cluster's task policy");
    }

    private Optional<String> privilegeProblem(String field, String problem) {
        return policy.privileged()
                ? Optional.empty()
                : Optional.of("'" + field + "' " + problem
                        + ", but tasks of this namespace are not privileged; leave it out, or have 'privileged' set in the"
                        + " cluster's task policy");
    }
}
