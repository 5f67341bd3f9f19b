package dev.proffer.testing.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A cluster of three agents, started as {@code make local} starts it. */
final class LocalCluster implements AutoCloseable {
    private static final String READY = "master: ";

    private final Program program;
    private final URI master;
    private final Path folder;

    private LocalCluster(Program program, URI master, Path folder) {
        this.program = program;
        this.master = master;
        this.folder = folder;
    }

    /** Starts it on any free port and waits until it is ready. {@code folder} holds all that it keeps. */
    static LocalCluster start(Path folder) throws IOException {
        return start(folder, 0);
    }

    static LocalCluster start(Path folder, int port) throws IOException {
        var program = Program.java(
                "local",
                List.of(
                        "-Dproffer.local.port=" + port,
                        "-Dproffer.local.dir=" + folder,
                        "-jar",
                        Built.file("local/target/quarkus-app/quarkus-run.jar").toString()));
        var line = program.awaitLine(candidate -> candidate.startsWith(READY));
        return new LocalCluster(
                program, URI.create(line.substring(READY.length()).strip()), folder);
    }

    /** Where the scheduler API listens, for example {@code http://127.0.0.1:5050}. */
    URI master() {
        return master;
    }

    Path folder() {
        return folder;
    }

    Program program() {
        return program;
    }

    @Override
    public void close() {
        program.close();
    }
}
