package dev.proffer.cli;

import dev.proffer.cli.commands.Agents;
import dev.proffer.cli.commands.DrainAgent;
import dev.proffer.cli.commands.Explain;
import dev.proffer.cli.commands.Frameworks;
import dev.proffer.cli.commands.Logs;
import dev.proffer.cli.commands.Offers;
import dev.proffer.cli.commands.Status;
import dev.proffer.cli.commands.Tasks;
import dev.proffer.cli.commands.UndrainAgent;
import io.fabric8.kubernetes.client.KubernetesClientException;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The program. */
@Command(
        name = "kubectl proffer",
        description = "Looks into a Proffer cluster, and drains its agents.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            Status.class,
            Agents.class,
            Frameworks.class,
            Tasks.class,
            Offers.class,
            Explain.class,
            Logs.class,
            DrainAgent.class,
            UndrainAgent.class,
            GenerateCompletion.class
        })
public final class KubectlProffer {
    /** Exit code when what was asked for cannot be had. */
    static final int FAILED = 1;

    private KubectlProffer() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new KubectlProffer()).setExecutionExceptionHandler(complaint());
    }

    /** A sentence, not a stack trace. */
    private static IExecutionExceptionHandler complaint() {
        return (exception, command, _) -> {
            command.getErr().println("error: " + sentence(exception));
            return FAILED;
        };
    }

    private static String sentence(Exception exception) {
        if (exception instanceof KubernetesClientException refused && refused.getStatus() != null) {
            return String.valueOf(refused.getStatus().getMessage());
        }
        return exception.getMessage() == null ? exception.toString() : exception.getMessage();
    }
}
