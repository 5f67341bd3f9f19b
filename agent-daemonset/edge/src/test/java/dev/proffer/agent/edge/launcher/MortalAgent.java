package dev.proffer.agent.edge.launcher;

import java.io.IOException;
import java.nio.file.Path;

/** A process that starts a task and waits to be killed. */
final class MortalAgent {
    private MortalAgent() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var tasks = new LauncherScenario(Path.of(arguments[0]));
        tasks.start("echo before; echo $$ > pid; while ! [ -e go ]; do sleep 0.05; done; echo after; exit 7");
        Thread.currentThread().join();
    }
}
