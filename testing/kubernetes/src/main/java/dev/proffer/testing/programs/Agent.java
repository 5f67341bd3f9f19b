package dev.proffer.testing.programs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An agent in a process of its own, that runs tasks as plain processes. */
public final class Agent implements AutoCloseable {
    private final Program program;
    private final Probes probes;

    private Agent(Program program, Probes probes) {
        this.program = program;
        this.probes = probes;
    }

    /** Starts it. It keeps its state in that folder, and looks for the leader at that port of this machine. */
    public static Agent start(String name, Path folder, int masterPort, String... settings) throws IOException {
        int probes = FreePorts.next();
        var arguments = new ArrayList<String>(List.of(
                "-Dquarkus.http.port=" + probes,
                "-Dproffer.agent.hostname=127.0.0.1",
                "-Dproffer.agent.port=0",
                "-Dproffer.agent.resources=cpus:2;mem:1024",
                "-Dproffer.agent.state-folder=" + folder,
                "-Dproffer.agent.master.host=127.0.0.1",
                "-Dproffer.agent.master.plain=true",
                "-Dproffer.agent.master.port=" + masterPort));
        Stream.of(settings).map(setting -> "-D" + setting).forEach(arguments::add);
        arguments.add("-jar");
        arguments.add(Built.file("agent-daemonset/app/target/quarkus-app/quarkus-run.jar")
                .toString());
        var program = Program.java(name, arguments);
        return new Agent(program, new Probes(program, probes));
    }

    public Program program() {
        return program;
    }

    public boolean isReady() {
        return probes.say("ready");
    }

    public void awaitLive() {
        probes.await("live");
    }

    public void awaitReady() {
        probes.await("ready");
    }

    @Override
    public void close() {
        program.close();
    }
}
