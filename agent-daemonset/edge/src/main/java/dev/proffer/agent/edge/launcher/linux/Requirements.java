package dev.proffer.agent.edge.launcher.linux;

import dev.proffer.agent.edge.problems.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What must be there, but for cgroups, so that tasks can be run in containers. */
final class Requirements {
    private Requirements() {}

    static List<Problem> problems(LinuxConfig config) {
        var problems = new ArrayList<Problem>();
        // The runtime is run by the agent, too.
        Stream.of(
                        config.runtime(),
                        inToolbox(config, config.runtime()),
                        inToolbox(config, config.monitor()),
                        inToolbox(config, config.init()))
                .distinct()
                .filter(program -> !Files.isExecutable(program))
                .forEach(program -> problems.add(new Problem.ProgramMissing(program)));
        config.toolbox()
                .ifPresent(toolbox -> Stream.of("proc", "sys", "dev")
                        .map(toolbox::resolve)
                        .filter(folder -> !Files.isDirectory(folder))
                        .forEach(folder -> problems.add(new Problem.ToolboxIncomplete(folder))));
        config.taskRoot()
                .filter(root -> !Files.isDirectory(root))
                .ifPresent(root -> problems.add(new Problem.TaskRootMissing(root)));
        return problems;
    }

    private static Path inToolbox(LinuxConfig config, Path program) {
        return config.toolbox()
                .map(toolbox -> toolbox.resolve(program.toString().substring(1)))
                .orElse(program);
    }
}
