package dev.proffer.agent.edge.launcher;

import dev.proffer.agent.edge.problems.DiskCheck;
import dev.proffer.agent.edge.problems.Problem;
import dev.proffer.agent.edge.problems.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** What launchers do with folders. */
public final class Folders {
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
        if (Files.getFileStore(folder).getUsableSpace() >> 20 < DiskCheck.LEAST_MEBIBYTES) {
            throw new ProblemException(new Problem.DiskFull(folder, DiskCheck.LEAST_MEBIBYTES));
        }
    }
}
