package dev.proffer.agent.edge.launcher.linux;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The OCI runtime's commands. They block for some milliseconds. */
final class OciRuntime {
    private static final long PATIENCE_SECONDS = 60;

    /** Each takes as much memory as a task's supervisor five times, and it is the agent's. */
    private static final int AT_ONCE = 8;

    private final Path program;
    private final Path root;
    private final Semaphore running = new Semaphore(AT_ONCE);

    /** @param root where it keeps what it knows of containers */
    OciRuntime(Path program, Path root) {
        this.program = program;
        this.root = root;
    }

    /** What a container is up to. */
    enum State {
        /** Not known to the runtime, or only just being made. */
        NONE,
        CREATED,
        RUNNING,
        STOPPED
    }

    Path root() {
        return root;
    }

    /** Whether it keeps anything of a container. */
    boolean knows(String container) {
        return Files.exists(root.resolve(container));
    }

    /** Lets a container that was created run. */
    void start(String container) throws IOException {
        var answer = run("start", container);
        if (answer.status != 0) {
            throw new IOException("the runtime did not start the container: " + answer.lastLine());
        }
    }

    State state(String container) throws IOException {
        var answer = run("state", container);
        if (answer.status != 0) {
            return State.NONE;
        }
        try {
            return switch (new JsonObject(answer.output).getString("status", "")) {
                case "created" -> State.CREATED;
                case "running", "paused" -> State.RUNNING;
                case "stopped" -> State.STOPPED;
                default -> State.NONE;
            };
        } catch (DecodeException e) {
            throw new IOException("the runtime's answer cannot be read: " + answer.lastLine(), e);
        }
    }

    /** By force, if it still runs. One that is not known is no error. */
    void delete(String container) throws IOException {
        var answer = run("delete", "--force", container);
        if (answer.status != 0 && !answer.output.contains("does not exist")) {
            throw new IOException("the runtime did not delete the container: " + answer.lastLine());
        }
    }

    private record Answer(int status, String output) {
        String lastLine() {
            return output.strip().lines().reduce("", (_, line) -> line);
        }
    }

    private Answer run(String... arguments) throws IOException {
        running.acquireUninterruptibly();
        try {
            return runNow(arguments);
        } finally {
            running.release();
        }
    }

    private Answer runNow(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(program.toString(), "--root", root.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the runtime hangs: " + String.join(" ", command));
            }
            return new Answer(process.exitValue(), output);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the runtime was at work", hurried);
        }
    }
}
