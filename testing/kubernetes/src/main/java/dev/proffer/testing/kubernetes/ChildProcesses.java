package dev.proffer.testing.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Processes that do not outlive this JVM, however it ends, and their folder, which does not either: a small shell waits for
 * the end of its input, which comes when this JVM is gone, and cleans up.
 */
final class ChildProcesses implements AutoCloseable {
    private static final String GUARD = """
            trap '' HUP INT TERM
            pids=' '
            while read -r line; do
                case $line in
                    -*) pids=$(echo "$pids" | sed "s/ ${line#-} / /") ;;
                    *) pids="$pids$line " ;;
                esac
            done
            for pid in $pids; do kill -KILL "$pid"; done
            rm -rf "$1"
            """;

    private final Path folder;
    private final Process guard;
    private final Writer told;
    private final List<Process> running = new ArrayList<>();

    private ChildProcesses(Path folder, Process guard) {
        this.folder = folder;
        this.guard = guard;
        this.told = guard.outputWriter(StandardCharsets.UTF_8);
    }

    /** In a new folder that only this user can read. */
    static ChildProcesses inTemporaryFolder() throws IOException {
        var folder = Files.createTempDirectory("proffer-kubernetes-");
        var guard = new ProcessBuilder("sh", "-c", GUARD, "guard", folder.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new ChildProcesses(folder, guard);
    }

    Path folder() {
        return folder;
    }

    /** Where the output of the processes of that name goes. */
    Path log(String name) {
        return folder.resolve(name + ".log");
    }

    synchronized Process start(String name, List<String> command) throws IOException {
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()))
                .start();
        running.add(process);
        tell(Long.toString(process.pid()));
        return process;
    }

    /** SIGKILL, and waits for the end. */
    synchronized void kill(Process process) {
        end(process);
        if (running.remove(process)) {
            tell("-" + process.pid());
        }
    }

    private static void end(Process process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    private void tell(String line) {
        try {
            told.write(line + "\n");
            told.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the guard of the processes is gone", e);
        }
    }

    @Override
    public synchronized void close() {
        running.reversed().forEach(ChildProcesses::end);
        running.clear();
        end(guard);
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
