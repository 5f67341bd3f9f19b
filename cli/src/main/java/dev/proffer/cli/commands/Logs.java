package dev.proffer.cli.commands;

import dev.proffer.cli.CliException;
import dev.proffer.cli.master.MasterConnection;
import dev.proffer.cli.master.SandboxFile;
import dev.proffer.cli.master.SandboxFile.Absence;
import dev.proffer.cli.master.SandboxFile.Look;
import dev.proffer.cli.output.Printer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a task printed. */
@Command(name = "logs", description = "Prints what a task wrote to its output, also after its end.")
public final class Logs extends ClusterCommand {
    private static final long A_SECOND = 1000;

    @Parameters(paramLabel = "TASK", description = "The task's id.")
    @SuppressWarnings("NullAway.Init") // Injected.
    private String task;

    @Option(
            names = "--framework",
            paramLabel = "ID|NAME",
            description = "The task's framework, where several have a task of this id.")
    private @Nullable String framework;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes, until the task has ended.")
    private boolean follow;

    @Option(names = "--stderr", description = "What it wrote to standard error instead.")
    private boolean stderr;

    @Option(names = "--tail", paramLabel = "N", description = "Begin with the last N lines.")
    private @Nullable Long tail;

    @Override
    void run(KubernetesClient kubernetes, Printer printer) {
        if (tail != null && tail < 0) {
            throw new CliException("--tail is " + tail + ", which is no number of lines; 0 or more is");
        }
        try (var master = master(kubernetes)) {
            var file = file(master);
            long offset = tail == null ? 0 : file.startOfLast(tail);
            while (true) {
                switch (file.read(offset)) {
                    case Look.Seen(var part)
                    when part.bytes().hasRemaining() -> {
                        offset += part.bytes().remaining();
                        printer.write(part.bytes());
                    }
                    case Look.Seen(var part)
                    when !follow || !part.running() -> {
                        return;
                    }
                    case Look.Seen _ -> pause();
                    case Look.Unseen unseen -> unseen(unseen);
                }
            }
        }
    }

    private SandboxFile file(MasterConnection master) {
        var choice = TaskChoice.find(master.get("/state"), task, Optional.ofNullable(framework));
        return new SandboxFile(
                master, choice.agent(), choice.framework(), choice.executor(), stderr ? "stderr" : "stdout");
    }

    /** Who follows waits for an agent that is away, and for the first output of a task that runs. */
    private void unseen(Look.Unseen look) {
        boolean mayCome = look.absence() == Absence.NO_AGENT || look.running();
        if (!follow || !mayCome) {
            throw new CliException(look.text());
        }
        pause();
    }

    private static void pause() {
        try {
            Thread.sleep(A_SECOND);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted", interrupted);
        }
    }
}
