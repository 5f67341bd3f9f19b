package dev.proffer.testing.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What runs on this machine, as far as its command line or environment names a folder. */
final class Processes {
    private Processes() {}

    /** The processes that name {@code folder}; this one is never among them. */
    static List<ProcessHandle> of(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> names(process, "environ", folder) || names(process, "cmdline", folder))
                .toList();
    }

    private static boolean names(ProcessHandle process, String file, Path folder) {
        try {
            var bytes = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), file));
            return new String(bytes, StandardCharsets.UTF_8).contains(folder.toString());
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }
}
