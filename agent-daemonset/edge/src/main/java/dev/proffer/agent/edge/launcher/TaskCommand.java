package dev.proffer.agent.edge.launcher;

import dev.proffer.protocol.v1.CommandInfo;
import java.util.ArrayList;
import java.util.List;

/** The arguments that a command task is started with. */
public final class TaskCommand {
    private TaskCommand() {}

    /**
     * {@code sh -c value}, or the executable with its arguments. The first of {@code arguments} is what the program sees as
     * its own name; a process started through a shell cannot be given another name than its executable's, so it is dropped.
     */
    public static List<String> of(CommandInfo command) {
        if (command.getShell()) {
            return List.of("/bin/sh", "-c", command.getValue());
        }
        var arguments = new ArrayList<String>();
        arguments.add(command.getValue());
        command.getArgumentsList().stream().skip(1).forEach(arguments::add);
        return arguments;
    }
}
