package dev.proffer.testing.nodes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of this machine that is run to its end. */
record Command(List<String> words) {
    private static final long PATIENCE_MINUTES = 5;

    static Command of(String... words) {
        return new Command(List.of(words));
    }

    /** What it printed. Fails with that if it fails. */
    String run() {
        return run(new ProcessBuilder(words));
    }

    /** With a file as its standard input. */
    String run(Path input) {
        return run(new ProcessBuilder(words).redirectInput(input.toFile()));
    }

    private String run(ProcessBuilder builder) {
        try {
            var process = builder.redirectErrorStream(true).start();
            String output;
            try (var printed = process.getInputStream()) {
                output = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
            }
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        words + " took longer than " + PATIENCE_MINUTES + " minutes: " + output);
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(words + " exited with " + process.exitValue() + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it ran: " + words, e);
        }
    }
}
