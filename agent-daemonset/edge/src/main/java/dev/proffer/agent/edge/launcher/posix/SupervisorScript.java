package dev.proffer.agent.edge.launcher.posix;

import dev.proffer.agent.core.Container;
import dev.proffer.agent.edge.launcher.InstalledScript;
import dev.proffer.agent.edge.launcher.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The program that runs a task and keeps its exit status. */
final class SupervisorScript {
    private final InstalledScript script;
    private final Optional<Path> setsid = program("setsid");

    private SupervisorScript(InstalledScript script) {
        this.script = script;
    }

    static SupervisorScript install(Path folder) throws IOException {
        return new SupervisorScript(InstalledScript.install(SupervisorScript.class, "supervise.sh", folder));
    }

    /** Starts the program under a supervisor. Without setsid the task shares the agent's session, as on macOS. */
    Process start(
            RunFolder folder,
            Path sandbox,
            Optional<String> user,
            List<String> program,
            Map<String, String> environment)
            throws IOException {
        var command = new ArrayList<String>();
        setsid.map(Path::toString).ifPresent(command::add);
        command.addAll(List.of("/bin/sh", script.path().toString()));
        command.add(folder.path().toString());
        command.add(setsid.map(Path::toString).orElse(""));
        command.add(user.orElse(""));
        command.addAll(program);
        var builder = new ProcessBuilder(command)
                .directory(sandbox.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(folder.log().toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Whether that process is the supervisor of that folder: its folder is among its arguments. */
    static boolean isSupervisor(Processes processes, ProcessHandle process, RunFolder folder) {
        return processes.hasArgument(process, folder.path().toString());
    }

    /** The folder's name is the container's id, which no other has. */
    static RunFolder folder(Path runs, Container container) {
        return new RunFolder(runs.resolve(container.id()));
    }

    private static Optional<Path> program(String name) {
        return Stream.of("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
