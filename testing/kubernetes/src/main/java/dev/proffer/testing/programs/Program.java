package dev.proffer.testing.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * A Java program that runs in a process of its own, which does not outlive this JVM, however it ends. Its output, both streams
 * together, is kept line by line.
 */
public final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String name;
    private final Process process;
    private final Process guard;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    private Program(String name, Process process, Process guard) {
        this.name = name;
        this.process = process;
        this.guard = guard;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /** Starts {@code java} with these arguments. */
    public static Program java(String name, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new Program(name, process, guard(process));
    }

    /** A small shell waits for the end of its input, which comes when this JVM is gone, and kills the program. */
    private static Process guard(Process process) throws IOException {
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        "trap '' HUP INT TERM; read -r line; kill -KILL \"$1\"",
                        "guard",
                        Long.toString(process.pid()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            process.onExit().join();
            guard.destroyForcibly();
        }
    }

    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** Waits for a line and returns it. Fails with all output if the program ends or takes too long. */
    public String awaitLine(Predicate<String> wanted) {
        Awaitility.await(name).atMost(PATIENCE).until(() -> lines().stream().anyMatch(wanted) || !process.isAlive());
        return lines().stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " ended without the line; its output:\n" + output()));
    }

    /** Waits for the end; the exit code must be {@code expected}. */
    public void awaitExit(int expected) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .withFailMessage(() -> name + " did not end; its output:\n" + output())
                .isTrue();
        reader.join();
        assertThat(process.exitValue())
                .withFailMessage(() -> name + " exited with " + process.exitValue() + "; its output:\n" + output())
                .isEqualTo(expected);
    }

    public String output() {
        return String.join("\n", lines());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGTERM, and waits. */
    public void terminate() throws InterruptedException {
        ask();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .withFailMessage(() -> name + " did not end on SIGTERM; its output:\n" + output())
                .isTrue();
        reader.join();
    }

    /** SIGKILL, and waits. */
    public void kill() throws InterruptedException {
        force();
        process.waitFor();
        reader.join();
    }

    /** SIGSTOP: it stands still, as in a long pause of its machine. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
        assertThat(kill.waitFor()).as("kill -" + name).isZero();
    }

    /** By its handle: the process itself would close its output, and lose what is still to be read. */
    private void ask() {
        process.toHandle().destroy();
    }

    private void force() {
        process.toHandle().destroyForcibly();
    }

    @Override
    public void close() {
        ask();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                force();
            }
        } catch (InterruptedException e) {
            force();
            Thread.currentThread().interrupt();
        }
    }
}
