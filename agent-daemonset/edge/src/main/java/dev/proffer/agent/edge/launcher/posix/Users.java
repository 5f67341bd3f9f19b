package dev.proffer.agent.edge.launcher.posix;

import dev.proffer.protocol.v1.CommandInfo;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;

/**
 * Which user a command is run as.
 *
 * @param own the agent's own
 * @param maySwitch whether the agent may run processes as others
 */
record Users(String own, boolean maySwitch) {
    private static final String ROOT = "root";

    static Users ofThisProcess() {
        var own = System.getProperty("user.name");
        return new Users(own, own.equals(ROOT));
    }

    /**
     * The user to switch to; empty if the task runs as the agent does.
     *
     * @throws IOException if the command names a user that it cannot be run as
     */
    Optional<String> of(CommandInfo command) throws IOException {
        var user = command.getUser();
        if (user.isEmpty() || user.equals(own)) {
            return Optional.empty();
        }
        if (!maySwitch) {
            throw new IOException("'command.user' is '" + user + "', but this agent runs as '" + own
                    + "' and cannot become another: leave it out, or run the agent as root");
        }
        principal(user);
        return Optional.of(user);
    }

    static UserPrincipal principal(String user) throws IOException {
        try {
            return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user);
        } catch (UserPrincipalNotFoundException unknown) {
            throw new IOException("'command.user' is '" + user + "', whom this machine does not know", unknown);
        }
    }
}
