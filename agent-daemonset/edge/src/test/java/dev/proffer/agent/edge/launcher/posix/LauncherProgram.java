package dev.proffer.agent.edge.launcher.posix;

import dev.proffer.agent.edge.launcher.LaunchOrders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** An agent that starts one task and is killed: run in a JVM of its own. */
final class LauncherProgram {
    private LauncherProgram() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        var folder = Path.of(arguments[0]);
        var launcher = new PosixLauncher(
                LaunchOrders.agent(folder, LaunchOrders.sandboxes(folder), input -> System.out.println(input)));
        launcher.launch(LaunchOrders.shell(arguments[1], arguments[2]));
        new CountDownLatch(1).await();
    }
}
