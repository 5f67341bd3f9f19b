package dev.proffer.agent.edge.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** What launchers do with folders. */
public final class Folders {
    /** With less than this nothing is started: what is left is for the tasks that run, and for the journal. */
    private static final long LEAST_FREE_BYTES = 16 << 20;

    private Folders() {}

    /** With all that is in it. One that does not exist is no error. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    /** @throws IOException if there is not enough room to start a task */
    public static void checkRoom(Path folder) throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() < LEAST_FREE_BYTES) {
            throw new IOException("less than " + (LEAST_FREE_BYTES >> 20) + " MiB of the agent's disk are free");
        }
    }
}
