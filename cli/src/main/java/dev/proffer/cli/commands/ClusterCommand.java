package dev.proffer.cli.commands;

import dev.proffer.cli.ClusterOptions;
import dev.proffer.cli.master.MasterConnection;
import dev.proffer.cli.output.Printer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that concerns one cluster. */
abstract class ClusterCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // Injected.
    private ClusterOptions options;

    @Spec
    @SuppressWarnings("NullAway.Init") // Injected.
    private CommandSpec spec;

    @Override
    public final Integer call() {
        try (var kubernetes = options.kubernetes()) {
            run(kubernetes, new Printer(options.output(), spec.commandLine().getOut()));
            return 0;
        }
    }

    abstract void run(KubernetesClient kubernetes, Printer printer);

    final ClusterOptions options() {
        return options;
    }

    /** Close it. */
    final MasterConnection master(KubernetesClient kubernetes) {
        return MasterConnection.open(options, kubernetes);
    }
}
