package dev.proffer.agent.edge.launcher;

import dev.proffer.agent.core.AgentInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** How an agent gets its launcher. */
@FunctionalInterface
public interface LauncherSource {
    /**
     * What a launcher needs of its agent.
     *
     * @param stateFolder the agent's
     * @param folder for the launcher alone, below that; kept across restarts
     * @param sandboxes where tasks run
     * @param agentEndpoint host and port of the agent, for tasks
     * @param listener told what becomes of containers, on any thread; must not block
     */
    record Surroundings(
            Path stateFolder,
            Path folder,
            SandboxSource sandboxes,
            String agentEndpoint,
            Consumer<AgentInput> listener) {}

    /** @throws IOException if tasks that run cannot even be looked after */
    Launcher open(Surroundings surroundings) throws IOException;
}
