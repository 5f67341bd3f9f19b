package dev.proffer.agent.edge.launcher.linux;

import dev.proffer.agent.edge.cgroups.CgroupPath;
import dev.proffer.agent.edge.launcher.LaunchOrders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** An agent that starts one task and is killed: run in a JVM of its own. */
final class LinuxLauncherProgram {
    private LinuxLauncherProgram() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        var config = LinuxMachine.config(new CgroupPath(arguments[1]));
        var launcher = LinuxMachine.launcher(config, Path.of(arguments[0]), input -> System.out.println(input));
        launcher.launch(LaunchOrders.shell(arguments[2], arguments[3]));
        new CountDownLatch(1).await();
    }
}
