package dev.proffer.agent.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Facts about the machine. */
final class Machine {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private Machine() {}

    /** Another one after each boot. Where the system tells none, tasks of before are told by their processes alone. */
    static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException noLinux) {
            return "unknown";
        }
    }
}
