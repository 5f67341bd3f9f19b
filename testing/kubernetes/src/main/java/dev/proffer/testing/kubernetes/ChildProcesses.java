package dev.proffer.testing.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes that do not outlive this JVM, however it ends, and their folder, which does not either: a small shell waits for
 * the end of its input, which comes when this JVM is gone, and cleans up.
 */
public final class ChildProcesses implements AutoCloseable {
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
            folder=$1
            shift
            if [ $# = 0 ] || "$@"; then rm -rf "$folder"; fi
            """;

    private final Path folder;
    private final List<String> launcher;
    private final Process guard;
    private final Writer told;
    private final List<Process> running = new ArrayList<>();

    private ChildProcesses(Path folder, List<String> launcher, Process guard) {
        this.folder = folder;
        this.launcher = launcher;
        this.guard = guard;
        this.told = guard.outputWriter(StandardCharsets.UTF_8);
    }

    /** In a new folder that only this user can read. */
    static ChildProcesses inTemporaryFolder() throws IOException {
        return in(Files.createTempDirectory("proffer-kubernetes-"), List.of(), List.of());
    }

    /**
     * In that folder. Each command runs behind {@code launcher}, which must replace itself by it. When all are dead,
     * {@code cleaner} runs; the folder stays if it fails.
     */
    public static ChildProcesses in(Path folder, List<String> launcher, List<String> cleaner) throws IOException {
        var command = new ArrayList<>(List.of("sh", "-c", GUARD, "guard", folder.toString()));
        command.addAll(cleaner);
        var guard = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new ChildProcesses(folder, List.copyOf(launcher), guard);
    }

    public Path folder() {
        return folder;
    }

    /** Where the output of the processes of that name goes. */
    public Path log(String name) {
        return folder.resolve(name + ".log");
    }

    /** Starts one in their folder. */
    public synchronized Process start(String name, List<String> command) throws IOException {
        var launched = new ArrayList<>(launcher);
        launched.addAll(command);
        var process = new ProcessBuilder(launched)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()))
                .start();
        running.add(process);
        tell(Long.toString(process.pid()));
        return process;
    }

    /** SIGKILL, and waits for the end. */
    public synchronized void kill(Process process) {
        process.destroyForcibly();
        process.onExit().join();
        if (running.remove(process)) {
            tell("-" + process.pid());
        }
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
        List.copyOf(running).reversed().forEach(this::kill);
        try {
            told.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        guard.onExit().join();
        if (Files.exists(folder)) {
            throw new IllegalStateException("something of " + folder + " could not be removed");
        }
    }
}
