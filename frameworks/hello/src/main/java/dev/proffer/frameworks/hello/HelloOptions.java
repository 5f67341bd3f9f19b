package dev.proffer.frameworks.hello;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What the user wants. */
record HelloOptions(
        List<String> masters,
        Optional<String> frameworkId,
        Optional<Path> stateFile,
        String command,
        int tasks,
        Optional<String> role,
        boolean stays) {

    static final String USAGE = """
            usage: hello [option value]...
              --master URL[,URL]...  where the masters are (or set PROFFER_MASTER)
              --tasks N              how many tasks to run: 5
              --command LINE         what each runs in a shell: echo hello
              --role ROLE            the role that gets the offers (or set PROFFER_ROLES): *
              --state-file FILE      what to remember, so that a hello that is started again goes on
              --framework-id ID      the id of an earlier run, if there is no state file
              --stay true            do not end when all have finished: for a pod that would be started again""";

    private static final List<String> NAMES =
            List.of("--master", "--tasks", "--command", "--role", "--state-file", "--framework-id", "--stay");

    HelloOptions {
        if (masters.isEmpty()) {
            throw new IllegalArgumentException("no master is named; add --master http://localhost:5050");
        }
        if (tasks < 1) {
            throw new IllegalArgumentException("--tasks must be positive, but is " + tasks);
        }
    }

    /**
     * Reads the command line.
     *
     * @param defaultMasters what the environment says
     * @throws IllegalArgumentException if it is wrong; the message says where
     */
    static HelloOptions parse(String[] arguments, Optional<String> defaultMasters) {
        var values = new TreeMap<String, String>();
        defaultMasters.ifPresent(masters -> values.put("--master", masters));
        for (int i = 0; i < arguments.length; i += 2) {
            if (!NAMES.contains(arguments[i])) {
                throw new IllegalArgumentException("there is no option " + arguments[i]);
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            values.put(arguments[i], arguments[i + 1]);
        }
        return new HelloOptions(
                list(values.getOrDefault("--master", "")),
                Optional.ofNullable(values.get("--framework-id")),
                Optional.ofNullable(values.get("--state-file")).map(Path::of),
                values.getOrDefault("--command", "echo hello"),
                number(values.getOrDefault("--tasks", "5")),
                Optional.ofNullable(values.get("--role")),
                Boolean.parseBoolean(values.get("--stay")));
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--tasks must be a number, but is " + text, e);
        }
    }
}
