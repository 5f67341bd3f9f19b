package dev.proffer.master.core.validation;

import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.Environment;
import dev.proffer.protocol.v1.Secret;
import java.util.Optional;

/** The environment of a command, and secrets wherever they stand. */
final class CommandValidation {
    private CommandValidation() {}

    static Optional<String> problemWith(CommandInfo command) {
        return command.getEnvironment().getVariablesList().stream()
                .flatMap(variable -> variableProblem(variable).stream())
                .findFirst();
    }

    private static Optional<String> variableProblem(Environment.Variable variable) {
        var name = "environment variable '" + variable.getName() + "'";
        return switch (variable.getType()) {
            case VALUE -> {
                if (variable.hasSecret()) {
                    yield Optional.of(name + " of type VALUE must not have 'secret' set");
                }
                yield variable.hasValue()
                        ? Optional.empty()
                        : Optional.of(name + " of type VALUE must have 'value' set");
            }
            case SECRET -> {
                if (variable.hasValue()) {
                    yield Optional.of(name + " of type SECRET must not have 'value' set");
                }
                yield variable.hasSecret()
                        ? problemWith(variable.getSecret()).map(problem -> name + " has an invalid secret: " + problem)
                        : Optional.of(name + " of type SECRET must have 'secret' set");
            }
            case UNKNOWN -> Optional.of(name + " must have the type VALUE or SECRET");
        };
    }

    static Optional<String> problemWith(Secret secret) {
        return switch (secret.getType()) {
            case REFERENCE ->
                secret.hasReference() && !secret.hasValue()
                        ? Optional.empty()
                        : Optional.of("a secret of type REFERENCE must have 'reference' set, and nothing else");
            case VALUE -> {
                if (!secret.hasValue() || secret.hasReference()) {
                    yield Optional.of("a secret of type VALUE must have 'value' set, and nothing else");
                }
                yield hasNul(secret) ? Optional.of("a secret must not contain NUL bytes") : Optional.empty();
            }
            case UNKNOWN -> Optional.of("a secret must have the type REFERENCE or VALUE");
        };
    }

    private static boolean hasNul(Secret secret) {
        var data = secret.getValue().getData();
        for (int i = 0; i < data.size(); i++) {
            if (data.byteAt(i) == 0) {
                return true;
            }
        }
        return false;
    }
}
