package dev.proffer.frameworks.hello;

import dev.proffer.frameworks.hello.HelloTask.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What hello remembers from one start to the next: a line with the framework's id, and one for each task. It is replaced as
 * a whole, so a crash leaves the old one or the new one.
 */
record StateFile(Path path) {
    record State(Optional<String> frameworkId, SortedMap<Integer, HelloTask> tasks) {}

    State read() throws IOException {
        Optional<String> frameworkId = Optional.empty();
        var tasks = new TreeMap<Integer, HelloTask>();
        for (var line : Files.exists(path) ? Files.readAllLines(path) : List.<String>of()) {
            var words = line.split(" ");
            switch (words[0]) {
                case "framework" -> frameworkId = Optional.of(words[1]);
                case "task" -> {
                    var task = task(words);
                    tasks.put(task.number(), task);
                }
                default -> throw new IOException(path + " holds a line that hello did not write: " + line);
            }
        }
        return new State(frameworkId, tasks);
    }

    private static HelloTask task(String[] words) {
        return new HelloTask(
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Stage.valueOf(words[3]),
                words.length > 4 ? Optional.of(words[4]) : Optional.empty());
    }

    void write(State state) throws IOException {
        var text = new StringBuilder();
        state.frameworkId().ifPresent(id -> text.append("framework ").append(id).append('\n'));
        for (var task : state.tasks().values()) {
            text.append("task %d %d %s %s"
                            .formatted(
                                    task.number(),
                                    task.attempt(),
                                    task.stage(),
                                    task.agent().orElse(""))
                            .strip())
                    .append('\n');
        }
        var next = path.resolveSibling(path.getFileName() + ".next");
        try (var file = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}
