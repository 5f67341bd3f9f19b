package dev.proffer.agent.edge.launcher.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.edge.cgroups.CgroupMounts;
import dev.proffer.agent.edge.cgroups.CgroupPath;
import dev.proffer.agent.edge.cgroups.Cgroups;
import dev.proffer.agent.edge.cgroups.LinuxFiles;
import dev.proffer.agent.edge.launcher.LaunchOrders;
import dev.proffer.agent.edge.launcher.Launcher;
import dev.proffer.agent.edge.launcher.LauncherSource;
import dev.proffer.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** What tests of containers need of the machine: root, cgroups, and Debian's runc, conmon and tini. */
public final class LinuxMachine {
    static final Path RUNTIME = program("runc");
    static final Path MONITOR = program("conmon");
    static final Path INIT = program("tini-static");

    /** A machine may have other things to do, or be an emulated one. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private LinuxMachine() {}

    private static Path program(String name) {
        return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of("/none", name));
    }

    /** Skips the test where it cannot run, and says why. */
    public static void assumeItCan() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "containers need root");
        for (var program : List.of(RUNTIME, MONITOR, INIT)) {
            assumeTrue(Files.isExecutable(program), program + " is not installed (Debian: runc, conmon, tini)");
        }
        var problems = cgroups().problems(CgroupPath.ROOT);
        assumeTrue(problems.isEmpty(), () -> "cgroups cannot be used here: " + problems);
    }

    public static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }

    public static Cgroups cgroups() throws IOException {
        var kernel = LinuxFiles.ofMachine();
        return Cgroups.of(kernel, CgroupMounts.read(kernel));
    }

    public static LinuxConfig config(CgroupPath parent) {
        return new LinuxConfig(
                RUNTIME,
                MONITOR,
                INIT,
                Optional.empty(),
                Optional.of(Path.of("/")),
                Optional.of(parent),
                /* inHolder= */ false,
                /* cpuQuota= */ false,
                /* pidsAtMost= */ 50,
                Optional.of("root"));
    }

    /** One that can run tasks. */
    static Launcher launcher(LinuxConfig config, Path folder, Consumer<AgentInput> listener) throws IOException {
        var launcher = open(config, folder, listener);
        assertThat(launcher.examine(Resources.EMPTY)).isEmpty();
        return launcher;
    }

    static Launcher open(LinuxConfig config, Path folder, Consumer<AgentInput> listener) throws IOException {
        return LinuxLauncher.source(config)
                .open(new LauncherSource.Surroundings(
                        folder, folder.resolve("linux"), LaunchOrders.sandboxes(folder), "host:5051", listener));
    }
}
