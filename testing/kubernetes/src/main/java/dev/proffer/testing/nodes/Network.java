package dev.proffer.testing.nodes;

import dev.proffer.testing.kubernetes.ChildProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The bridge between the nodes and this machine, in a network namespace of its own. All that this machine sees of it is one interface
 * and its routes, which go when the process that holds the namespace ends.
 */
final class Network {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String BRIDGE = "bridge";
    private static final String LENGTH = "/24";

    private final String machineInterface;
    private final Addresses addresses;
    private final long holder;

    private Network(String machineInterface, Addresses addresses, long holder) {
        this.machineInterface = machineInterface;
        this.addresses = addresses;
        this.holder = holder;
    }

    /** Makes it, and this machine's interface of that name. */
    static Network start(ChildProcesses processes, String machineInterface) throws IOException {
        var holder = processes.start("network", List.of("unshare", "--net", "sleep", "infinity"));
        Await.until(
                () -> isApart(holder.pid()),
                PATIENCE,
                () -> "no network namespace: " + Await.end(processes.log("network")));
        // Two that start at once must not take the same addresses.
        try (var lock = FileChannel.open(
                        ClusterFolder.all().resolve(".addresses"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var _ = lock.lock()) {
            var addresses =
                    Addresses.apartFrom(Command.of("ip", "-4", "route", "show").run());
            var network = new Network(machineInterface, addresses, holder.pid());
            network.connectMachine();
            return network;
        }
    }

    private static boolean isApart(long pid) {
        try {
            return !Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns", "net"))
                    .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/net")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Addresses addresses() {
        return addresses;
    }

    private void connectMachine() {
        var end = "machine";
        Command.of("ip", "link", "add", machineInterface, "type", "veth", "peer", "name", end, "netns", "" + holder)
                .run();
        inside("ip", "link", "add", BRIDGE, "type", "bridge");
        inside("ip", "link", "set", end, "master", BRIDGE);
        inside("ip", "link", "set", end, "up");
        inside("ip", "address", "add", addresses.bridge() + LENGTH, "dev", BRIDGE);
        inside("ip", "link", "set", BRIDGE, "up");
        inside("ip", "link", "set", "lo", "up");
        Command.of("ip", "address", "add", addresses.machine() + LENGTH, "dev", machineInterface)
                .run();
        Command.of("ip", "link", "set", machineInterface, "up").run();
    }

    /** Connects a node, the network namespace of that process, as its {@code eth0}, and tells everybody the way to its pods. */
    void connect(int number, long pid) {
        var link = link(number);
        inside("ip", "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", "" + pid);
        inside("ip", "link", "set", link, "master", BRIDGE);
        inside("ip", "link", "set", link, "up");
        inside("ip", "route", "add", addresses.podsOf(number), "via", addresses.node(number));
        Command.of("ip", "route", "add", addresses.podsOf(number), "via", addresses.node(number))
                .run();
    }

    /** What a node must run in its namespace to use what {@link #connect} made, where there are that many nodes. */
    List<List<String>> setUp(int number, int nodes) {
        var commands = new ArrayList<List<String>>();
        commands.add(List.of("ip", "address", "add", addresses.node(number) + LENGTH, "dev", "eth0"));
        commands.add(List.of("ip", "link", "set", "eth0", "up"));
        commands.add(List.of("ip", "route", "add", "default", "via", addresses.machine()));
        for (int other = 1; other <= nodes; other++) {
            if (other != number) {
                commands.add(List.of("ip", "route", "add", addresses.podsOf(other), "via", addresses.node(other)));
            }
        }
        return commands;
    }

    /** Nothing reaches that node, and nothing comes from it. */
    void cut(int number) {
        inside("ip", "link", "set", link(number), "down");
    }

    void mend(int number) {
        inside("ip", "link", "set", link(number), "up");
    }

    private static String link(int number) {
        return "node-" + number;
    }

    /** Begins a command that runs on the bridge. */
    List<String> entering() {
        return List.of("nsenter", "--target", Long.toString(holder), "--net", "--");
    }

    private void inside(String... command) {
        var words = new ArrayList<>(entering());
        words.addAll(List.of(command));
        new Command(words).run();
    }
}
