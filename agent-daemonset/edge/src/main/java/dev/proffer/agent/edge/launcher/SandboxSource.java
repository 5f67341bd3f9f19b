package dev.proffer.agent.edge.launcher;

import dev.proffer.agent.core.Container;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the folder that a container runs in, and answers with the same one when asked again. */
@FunctionalInterface
public interface SandboxSource {
    Path create(Container container) throws IOException;
}
