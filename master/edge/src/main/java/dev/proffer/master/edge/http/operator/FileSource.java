package dev.proffer.master.edge.http.operator;

import dev.proffer.master.edge.sandboxes.FileRead;
import dev.proffer.model.AgentId;
import dev.proffer.protocol.link.ReadFile;
import java.util.concurrent.CompletionStage;

/** Has an agent read a file in a sandbox. Any thread; does not block. */
@FunctionalInterface
public interface FileSource {
    /**
     * Fails if this master does not lead.
     *
     * @param request but for its number
     */
    CompletionStage<FileRead> read(AgentId agent, ReadFile.Builder request);
}
