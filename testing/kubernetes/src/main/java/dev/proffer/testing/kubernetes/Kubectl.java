package dev.proffer.testing.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real {@code kubectl}, under one identity. */
public final class Kubectl {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path program;
    private final Path kubeconfig;
    private final Path folder;

    /** {@code folder} is for its scratch files. */
    public Kubectl(Path program, Path kubeconfig, Path folder) {
        this.program = program;
        this.kubeconfig = kubeconfig;
        this.folder = folder;
    }

    /** What it said. */
    public record Result(int code, String out, String err) {
        /** Its standard output. Fails with what it complained of if it did. */
        public String expectSuccess() {
            if (code != 0) {
                throw new AssertionError("kubectl exited with " + code + ": " + err + out);
            }
            return out;
        }

        /** Its complaint. Fails if there was none. */
        public String expectFailure() {
            if (code == 0) {
                throw new AssertionError("kubectl succeeded: " + out);
            }
            return err;
        }
    }

    /** Runs it and waits for its end. */
    public Result run(String... arguments) {
        return run(List.of(arguments), "");
    }

    /** Standard output of a run that must succeed. */
    public String get(String... arguments) {
        return run(arguments).expectSuccess();
    }

    /** {@code kubectl apply -f -}. */
    public Result apply(String yaml) {
        return run(List.of("apply", "-f", "-"), yaml);
    }

    /** {@code kubectl apply -f}: a file, or all files of a folder. */
    public Result apply(Path files) {
        return run("apply", "-f", files.toString());
    }

    /** {@code kubectl apply -k}: a folder with a kustomization. */
    public Result applyKustomization(Path kustomization) {
        return run("apply", "-k", kustomization.toString());
    }

    /** Server-side, as that manager of fields. */
    public Result applyServerSide(String yaml, String manager) {
        return run(List.of("apply", "--server-side", "--field-manager=" + manager, "-f", "-"), yaml);
    }

    /** Runs it with that standard input. */
    public Result run(List<String> arguments, String input) {
        var command = new ArrayList<String>();
        command.add(program.toString());
        command.add("--kubeconfig=" + kubeconfig);
        command.addAll(arguments);
        try {
            var in = Files.createTempFile(folder, "kubectl", ".in");
            var out = Files.createTempFile(folder, "kubectl", ".out");
            var err = Files.createTempFile(folder, "kubectl", ".err");
            Files.writeString(in, input);
            var builder = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            // Its cache of what the API server knows belongs to this test.
            builder.environment()
                    .put("KUBECACHEDIR", folder.resolve("kubectl-cache").toString());
            builder.environment().remove("KUBECONFIG");
            var process = builder.start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("kubectl took longer than " + PATIENCE + ": " + arguments);
            }
            return new Result(process.exitValue(), read(out), read(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kubectl ran", e);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
