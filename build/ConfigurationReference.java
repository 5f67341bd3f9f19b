import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes docs/configuration.md from the programs' settings: their names, defaults and docstrings as they stand in the
 * source. Run from the root of the checkout: {@code java build/ConfigurationReference.java}.
 */
final class ConfigurationReference {
    private static final List<Path> SETTINGS = List.of(
            Path.of("master/app/src/main/java/dev/proffer/master/app/MasterSettings.java"),
            Path.of("agent-daemonset/app/src/main/java/dev/proffer/agent/app/AgentSettings.java"),
            Path.of("operator/src/main/java/dev/proffer/operator/OperatorSettings.java"),
            Path.of("local/src/main/java/dev/proffer/local/LocalSettings.java"));

    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern DOC = Pattern.compile("/\\*\\* (.*) \\*/");
    private static final Pattern DEFAULT = Pattern.compile("@WithDefault\\(\"(.*)\"\\)");
    private static final Pattern GROUP = Pattern.compile("interface (\\w+) \\{");
    private static final Pattern KEYED_GROUP = Pattern.compile("Map<String, (\\w+)> (\\w+)\\(\\);");
    private static final Pattern SETTING = Pattern.compile("([\\w<>]+) (\\w+)\\(\\);");

    private record Setting(String name, String type, String fallback, String doc) {}

    private ConfigurationReference() {}

    public static void main(String[] args) throws IOException {
        var text = new StringBuilder("""
                # Configuration

                Each setting is a system property (`-Dproffer.master.name=…`), an environment variable
                (`PROFFER_MASTER_NAME=…`) or a line of `application.properties`. `${A:b}` means the variable `A`, or `b` without it.
                Written by `make generate` from the programs' sources.
                """);
        for (var file : SETTINGS) {
            append(text, Files.readString(file));
        }
        Files.writeString(Path.of("docs/configuration.md"), text);
    }

    private static void append(StringBuilder text, String source) {
        var prefix = PREFIX.matcher(source);
        if (!prefix.find()) {
            throw new IllegalStateException("no @ConfigMapping in a file of settings");
        }
        text.append("\n## `").append(prefix.group(1)).append("`\n\n");
        text.append("| setting | default | meaning |\n|---|---|---|\n");
        for (var setting : settings(source)) {
            text.append("| `%s.%s` | %s | %s |\n"
                    .formatted(prefix.group(1), setting.name, fallback(setting), setting.doc));
        }
    }

    private static String fallback(Setting setting) {
        if (setting.fallback.isEmpty()) {
            return setting.type.startsWith("Optional") ? "none" : "must be set";
        }
        return "`" + setting.fallback + "`";
    }

    private static List<Setting> settings(String source) {
        var settings = new ArrayList<Setting>();
        var body = source.substring(source.indexOf("@ConfigMapping"));
        var keyedGroups = new HashMap<String, String>();
        String group = "";
        String doc = "";
        String fallback = "";
        boolean outermost = true;
        for (var line : body.lines().map(String::strip).toList()) {
            var matcher = DOC.matcher(line);
            if (matcher.matches()) {
                doc = matcher.group(1).replaceAll("\\{@code ([^}]*)\\}", "`$1`").replace("|", "\\|");
            } else if ((matcher = DEFAULT.matcher(line)).matches()) {
                fallback = matcher.group(1);
            } else if ((matcher = GROUP.matcher(line)).find()) {
                var name = matcher.group(1);
                group = outermost ? "" : keyedGroups.getOrDefault(name, kebab(name)) + ".";
                outermost = false;
                doc = "";
            } else if ((matcher = KEYED_GROUP.matcher(line)).matches()) {
                keyedGroups.put(matcher.group(1), kebab(matcher.group(2)) + ".<name>");
                doc = "";
            } else if ((matcher = SETTING.matcher(line)).matches()) {
                if (!matcher.group(1).equals(capital(matcher.group(2)))) { // A group's own method is no setting.
                    settings.add(new Setting(group + kebab(matcher.group(2)), matcher.group(1), fallback, doc));
                }
                doc = "";
                fallback = "";
            }
        }
        return settings;
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static String kebab(String name) {
        return name.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
