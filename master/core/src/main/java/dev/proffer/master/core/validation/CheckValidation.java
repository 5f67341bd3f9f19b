package dev.proffer.master.core.validation;

import dev.proffer.protocol.v1.CheckInfo;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.HealthCheck;
import java.util.Optional;

/** Checks, which only inform, and health checks, which kill. */
final class CheckValidation {
    private CheckValidation() {}

    static Optional<String> problemWith(CheckInfo check) {
        var shape = switch (check.getType()) {
            case COMMAND ->
                check.hasCommand()
                        ? commandProblem(check.getCommand().getCommand())
                        : Optional.of("'command' must be set for type COMMAND");
            case HTTP ->
                check.hasHttp()
                        ? pathProblem(check.getHttp().hasPath(), check.getHttp().getPath())
                        : Optional.of("'http' must be set for type HTTP");
            case TCP -> check.hasTcp() ? Optional.<String>empty() : Optional.of("'tcp' must be set for type TCP");
            case UNKNOWN -> Optional.of("'type' must be COMMAND, HTTP or TCP");
        };
        return shape.or(() -> negative("delay_seconds", check.getDelaySeconds()))
                .or(() -> negative("interval_seconds", check.getIntervalSeconds()))
                .or(() -> negative("timeout_seconds", check.getTimeoutSeconds()));
    }

    static Optional<String> problemWith(HealthCheck check) {
        var shape = switch (check.getType()) {
            case COMMAND ->
                check.hasCommand()
                        ? commandProblem(check.getCommand())
                        : Optional.of("'command' must be set for type COMMAND");
            case HTTP ->
                check.hasHttp() ? httpProblem(check.getHttp()) : Optional.of("'http' must be set for type HTTP");
            case TCP -> check.hasTcp() ? Optional.<String>empty() : Optional.of("'tcp' must be set for type TCP");
            case UNKNOWN -> Optional.of("'type' must be COMMAND, HTTP or TCP");
        };
        return shape.or(() -> negative("delay_seconds", check.getDelaySeconds()))
                .or(() -> negative("grace_period_seconds", check.getGracePeriodSeconds()))
                .or(() -> negative("interval_seconds", check.getIntervalSeconds()))
                .or(() -> negative("timeout_seconds", check.getTimeoutSeconds()));
    }

    private static Optional<String> commandProblem(CommandInfo command) {
        return command.hasValue()
                ? CommandValidation.problemWith(command)
                : Optional.of("the command must have a 'value': a shell line, or what is executed");
    }

    private static Optional<String> httpProblem(HealthCheck.HTTPCheckInfo http) {
        if (http.hasScheme()
                && !http.getScheme().equals("http")
                && !http.getScheme().equals("https")) {
            return Optional.of("'http.scheme' must be http or https, but is '" + http.getScheme() + "'");
        }
        return pathProblem(http.hasPath(), http.getPath());
    }

    private static Optional<String> pathProblem(boolean present, String path) {
        return present && !path.startsWith("/")
                ? Optional.of("'http.path' must start with '/', but is '" + path + "'")
                : Optional.empty();
    }

    /** NaN is refused as well. */
    private static Optional<String> negative(String field, double seconds) {
        return seconds >= 0 ? Optional.empty() : Optional.of("'" + field + "' must not be negative, but is " + seconds);
    }
}
