package dev.proffer.agent.edge.launcher.linux;

import dev.proffer.agent.edge.cgroups.CgroupPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where new containers are made, as long as nothing is wrong with it.
 *
 * @param parent the cgroup that holds all tasks
 * @param supervisorFiles where a process that is to outlive the agent writes its pid
 * @param toolbox the copy in the state folder
 * @param root of tasks without an image
 * @param accounts the users that it knows
 */
record Workplace(
        CgroupPath parent, List<String> supervisorFiles, Optional<Path> toolbox, TaskRoot root, Accounts accounts) {
    Workplace {
        supervisorFiles = List.copyOf(supervisorFiles);
    }
}
