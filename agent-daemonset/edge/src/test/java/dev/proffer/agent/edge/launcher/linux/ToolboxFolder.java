package dev.proffer.agent.edge.launcher.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** A small root file system out of this machine's programs and the libraries that they need. */
final class ToolboxFolder {
    private static final List<String> PROGRAMS =
            List.of("sh", "cat", "chown", "echo", "ls", "mount", "setsid", "sleep", "umount");
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    private ToolboxFolder() {}

    static void make(Path folder) throws IOException, InterruptedException {
        for (var name :
                List.of("proc", "sys", "dev", "tmp", "run", "etc", "mnt/mesos/sandbox", "usr/bin", "usr/sbin")) {
            Files.createDirectories(folder.resolve(name));
        }
        for (var name : List.of("bin", "sbin", "lib", "lib64")) {
            Files.createDirectories(folder.resolve("usr").resolve(name));
            Files.createSymbolicLink(folder.resolve(name), Path.of("usr", name));
        }
        Files.writeString(folder.resolve("etc/passwd"), "root:x:0:0:root:/:/bin/sh\n");
        for (var program : PROGRAMS) {
            copyWithLibraries(folder, Path.of("/usr/bin", program));
        }
        for (var program : List.of(LinuxMachine.RUNTIME, LinuxMachine.MONITOR, LinuxMachine.INIT)) {
            copyWithLibraries(folder, program);
        }
    }

    private static void copyWithLibraries(Path folder, Path program) throws IOException, InterruptedException {
        copy(folder, program);
        var ldd = new ProcessBuilder("ldd", program.toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        ldd.waitFor();
        for (var library : LIBRARY.matcher(output).results().toList()) {
            copy(folder, Path.of(library.group(1)));
        }
    }

    private static void copy(Path folder, Path file) throws IOException {
        var target = folder.resolve(file.toString().substring(1));
        if (!Files.exists(target)) {
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.copy(file.toRealPath(), target);
        }
    }
}
