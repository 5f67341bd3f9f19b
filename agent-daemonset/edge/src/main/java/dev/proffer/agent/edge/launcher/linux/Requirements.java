package dev.proffer.agent.edge.launcher.linux;

import dev.proffer.agent.edge.cgroups.CgroupPath;
import dev.proffer.agent.edge.cgroups.Cgroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether tasks can be run in containers at all: an agent that could not hold them to their limits must not offer any. */
final class Requirements {
    private Requirements() {}

    /** @throws IOException which says all that is missing, and what to do */
    static void check(LinuxConfig config, Cgroups cgroups) throws IOException {
        var problems = new ArrayList<>(cgroups.problems(config.parent().orElse(CgroupPath.ROOT)));
        var programs = Stream.of(config.runtime(), config.monitor(), config.init());
        programs.filter(program -> !Files.isExecutable(inToolbox(config, program)))
                .map(program -> inToolbox(config, program)
                        + " is no program: install it, or set its path in the agent's configuration")
                .forEach(problems::add);
        if (config.toolbox().isPresent()) {
            problems.addAll(missingFolders(config.toolbox().get()));
        }
        if (config.taskRoot().isPresent()
                && !Files.isDirectory(config.taskRoot().get())) {
            problems.add(config.taskRoot().get()
                    + " is no folder: it must be the root file system of tasks without an image");
        }
        throwIfAny(problems);
    }

    /** @throws IOException if tasks below that cgroup cannot be held to their limits */
    static void check(CgroupPath parent, Cgroups cgroups) throws IOException {
        throwIfAny(cgroups.problems(parent));
    }

    private static void throwIfAny(List<String> problems) throws IOException {
        if (!problems.isEmpty()) {
            throw new IOException("this agent cannot run tasks in containers: " + String.join("; ", problems));
        }
    }

    private static Path inToolbox(LinuxConfig config, Path program) {
        return config.toolbox()
                .map(toolbox -> toolbox.resolve(program.toString().substring(1)))
                .orElse(program);
    }

    private static List<String> missingFolders(Path toolbox) {
        return Stream.of("proc", "sys", "dev")
                .map(toolbox::resolve)
                .filter(folder -> !Files.isDirectory(folder))
                .map(folder -> folder + " is missing: a toolbox must be a whole root file system")
                .toList();
    }
}
