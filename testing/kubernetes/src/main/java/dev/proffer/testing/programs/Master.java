package dev.proffer.testing.programs;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A master in a process of its own, whose ports speak plain text to everybody. */
public final class Master implements AutoCloseable {
    private final String name;
    private final Ports ports;
    private final Program program;
    private final Probes probes;

    private Master(String name, Ports ports, Program program) {
        this.name = name;
        this.ports = ports;
        this.program = program;
        this.probes = new Probes(program, ports.probes());
    }

    /** Ports that were free a moment ago: programs that must find each other need them beforehand. */
    public record Ports(int schedulers, int agents, int probes) {
        public static Ports free() {
            return new Ports(FreePorts.next(), FreePorts.next(), FreePorts.next());
        }
    }

    /** Starts it; {@code settings} say at least which API server it uses, like {@code kubeconfig=/some/file}. */
    public static Master start(String name, Ports ports, String... settings) throws IOException {
        var arguments = new ArrayList<String>(List.of(
                "-Dquarkus.http.port=" + ports.probes(),
                "-Dproffer.master.name=" + name,
                "-Dproffer.master.listeners.test.host=127.0.0.1",
                "-Dproffer.master.listeners.test.port=" + ports.schedulers(),
                "-Dproffer.master.listeners.test.plain=true",
                "-Dproffer.master.listeners.test.authentication=anonymous",
                "-Dproffer.master.agents.host=127.0.0.1",
                "-Dproffer.master.agents.port=" + ports.agents(),
                "-Dproffer.master.agents.plain=true",
                "-Dproffer.master.agents.authentication=anonymous",
                "-Dproffer.master.policy=open"));
        Stream.of(settings).map(setting -> "-D" + setting).forEach(arguments::add);
        arguments.add("-jar");
        arguments.add(
                Built.file("master/app/target/quarkus-app/quarkus-run.jar").toString());
        return new Master(name, ports, Program.java(name, arguments));
    }

    public String name() {
        return name;
    }

    public Ports ports() {
        return ports;
    }

    /** Where the scheduler API listens. */
    public URI schedulers() {
        return URI.create("http://127.0.0.1:" + ports.schedulers());
    }

    public Program program() {
        return program;
    }

    public boolean isReady() {
        return probes.say("ready");
    }

    public void awaitReady() {
        probes.await("ready");
    }

    @Override
    public void close() {
        program.close();
    }
}
