import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A run of a program in which Java writes down what it loads and links, so that the next ones need not: an AOT cache. It holds
 * for the same Java, jars and options alone, wherever they are; otherwise Java does without.
 */
final class Training {
    /** What Quarkus says of a program that is up. */
    private static final String UP = " started in ";

    private static final int PATIENCE_SECONDS = 180;

    private final Path runtime;
    private final Definition definition;
    private final Path folder;

    /** @param folder for the copy of the program that is run; must not exist */
    Training(Path runtime, Definition definition, Path folder) {
        this.runtime = runtime;
        this.definition = definition;
        this.folder = folder;
    }

    /**
     * Runs the program until it is up or ends by itself.
     *
     * @param time of the jars in the image, in seconds: Java knows them by it
     * @return the cache
     */
    Path run(Path application, long time) throws IOException, InterruptedException {
        copy(application, time);
        var cache = folder.resolve("cache.aot");
        var command = new ArrayList<>(List.of(runtime.resolve("bin/java").toString()));
        command.addAll(definition.java());
        command.add("-XX:AOTCacheOutput=" + cache);
        definition.training().forEach(setting -> command.add("-D" + setting.replace("@folder@", folder.toString())));
        command.addAll(List.of("-jar", folder.resolve(definition.jar()).toString()));
        var log = folder.resolve("training.log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        definition.environment().forEach(variable -> {
            var nameAndValue = variable.split("=", 2);
            builder.environment().put(nameAndValue[0], nameAndValue[1]);
        });
        var process = builder.start();
        try (var output = process.inputReader();
                var said = Files.newBufferedWriter(log)) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                said.write(line + "\n");
                if (line.contains(UP)) {
                    process.toHandle().destroy(); // Process.destroy would close the output, too.
                }
            }
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || !Files.exists(cache)) {
            process.destroyForcibly();
            throw new Failure("no AOT cache came of the training run of " + definition.name() + ": "
                    + Files.readString(log));
        }
        return cache;
    }

    private void copy(Path application, long time) throws IOException {
        for (var name : definition.files()) {
            try (var files = Files.walk(application.resolve(name))) {
                for (var file : files.toList()) {
                    var target = folder.resolve(application.relativize(file));
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                    Files.setLastModifiedTime(target, FileTime.from(time, TimeUnit.SECONDS));
                }
            }
        }
    }
}
