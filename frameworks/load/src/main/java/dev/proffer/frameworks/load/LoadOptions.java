package dev.proffer.frameworks.load;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What load to make.
 *
 * @param role one, or several with commas between them
 * @param tasks how many tasks to run, until the framework ends itself; 0 for no end
 * @param running most tasks that are under way at once
 * @param rate most launches in a second
 * @param cpus of a task
 * @param mem of a task, in megabytes
 * @param command what a task runs in a shell
 * @param failoverTimeout how long the tasks wait for this program if it is gone
 */
record LoadOptions(
        String name,
        String role,
        long tasks,
        int running,
        double rate,
        double cpus,
        double mem,
        String command,
        Duration failoverTimeout) {

    static final String USAGE = """
            usage: load [option value]...
              --tasks N             how many tasks to run, then end; 0 for no end: 0
              --running N           most tasks at once: 100
              --rate N              most launches in a second: 10
              --cpus N              of each task: 0.1
              --mem MB              of each task: 32
              --seconds N           how long each task sleeps: 60
              --command LINE        what each runs in a shell instead of sleeping
              --name NAME           the framework's: load
              --role ROLE           the role that gets the offers (or set PROFFER_ROLES): *
              --failover SECONDS    how long tasks wait for this program if it is gone: 60
            Each can be a variable instead: LOAD_TASKS and so on. Where the master is, and who this framework is:
            PROFFER_MASTER, PROFFER_CA_FILE, and PROFFER_TOKEN_FILE or PROFFER_PRINCIPAL and PROFFER_SECRET_FILE.""";

    private static final List<String> NAMES =
            List.of("tasks", "running", "rate", "cpus", "mem", "seconds", "command", "name", "role", "failover");

    /**
     * Reads the command line and, for what it leaves open, the environment.
     *
     * @throws IllegalArgumentException if one is wrong; the message says where
     */
    static LoadOptions parse(String[] arguments, Map<String, String> environment) {
        var values = new TreeMap<String, String>();
        Optional.ofNullable(environment.get("PROFFER_ROLES")).ifPresent(role -> values.put("role", role));
        for (var name : NAMES) {
            Optional.ofNullable(environment.get("LOAD_" + name.toUpperCase(Locale.ROOT)))
                    .ifPresent(value -> values.put(name, value));
        }
        for (int i = 0; i < arguments.length; i += 2) {
            var name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("there is no option " + arguments[i]);
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            values.put(name, arguments[i + 1]);
        }
        return of(values);
    }

    private static LoadOptions of(Map<String, String> values) {
        var seconds = whole(values, "seconds", "60", "0 or more", number -> number >= 0);
        return new LoadOptions(
                values.getOrDefault("name", "load"),
                values.getOrDefault("role", "*"),
                whole(values, "tasks", "0", "0 or more", number -> number >= 0),
                Math.toIntExact(
                        whole(values, "running", "100", "1 to 1000000", number -> number >= 1 && number <= 1e6)),
                number(values, "rate", "10", "more than 0 and at most 10000", number -> number > 0 && number <= 10_000),
                number(values, "cpus", "0.1", "0 or more", number -> number >= 0),
                number(values, "mem", "32", "0 or more", number -> number >= 0),
                values.getOrDefault("command", "sleep " + seconds),
                Duration.ofSeconds(whole(values, "failover", "60", "0 or more", number -> number >= 0)));
    }

    private static long whole(
            Map<String, String> values, String name, String fallback, String rule, Predicate<Double> valid) {
        return (long) number(
                values,
                name,
                fallback,
                "a whole number, " + rule,
                number -> number == Math.rint(number) && number < Integer.MAX_VALUE && valid.test(number));
    }

    private static double number(
            Map<String, String> values, String name, String fallback, String rule, Predicate<Double> valid) {
        var text = values.getOrDefault(name, fallback);
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number) && valid.test(number)) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // Said below.
        }
        throw new IllegalArgumentException("--" + name + " must be " + rule + ", but is " + text);
    }
}
