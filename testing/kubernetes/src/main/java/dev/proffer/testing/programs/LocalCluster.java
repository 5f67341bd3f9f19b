package dev.proffer.testing.programs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A cluster of three agents, started as {@code make local} starts it. */
public final class LocalCluster implements AutoCloseable {
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
    public static LocalCluster start(Path folder) throws IOException {
        return start(folder, 0);
    }

    /** On that port; {@code settings} are like {@code proffer.local.agents=1}. */
    public static LocalCluster start(Path folder, int port, String... settings) throws IOException {
        var program = Program.java("local", arguments(folder, port, settings));
        var line = program.awaitLine(candidate -> candidate.startsWith(READY));
        return new LocalCluster(
                program, URI.create(line.substring(READY.length()).strip()), folder);
    }

    /** What {@code java} is given to start one. */
    public static List<String> arguments(Path folder, int port, String... settings) {
        var arguments = new ArrayList<String>();
        arguments.add("-Dproffer.local.port=" + port);
        arguments.add("-Dproffer.local.dir=" + folder);
        Stream.of(settings).map(setting -> "-D" + setting).forEach(arguments::add);
        arguments.add("-jar");
        arguments.add(Built.file("local/target/quarkus-app/quarkus-run.jar").toString());
        return arguments;
    }

    /** Where the scheduler API listens, for example {@code http://127.0.0.1:5050}. */
    public URI master() {
        return master;
    }

    public Path folder() {
        return folder;
    }

    public Program program() {
        return program;
    }

    @Override
    public void close() {
        program.close();
    }
}
