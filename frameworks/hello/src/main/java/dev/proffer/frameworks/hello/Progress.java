package dev.proffer.frameworks.hello;

import dev.proffer.frameworks.hello.HelloTask.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far hello's tasks are. Each change is in the state file, if there is one, before the method that makes it returns. */
final class Progress {
    private final Optional<StateFile> file;
    private final SortedMap<Integer, HelloTask> tasks = new TreeMap<>();
    private Optional<String> frameworkId;

    private Progress(Optional<StateFile> file, Optional<String> frameworkId) {
        this.file = file;
        this.frameworkId = frameworkId;
    }

    /** Takes up an earlier run where the options name one. */
    static Progress of(HelloOptions options) throws IOException {
        var file = options.stateFile().map(StateFile::new);
        var earlier = file.isPresent() ? file.get().read() : new StateFile.State(Optional.empty(), new TreeMap<>());
        var progress = new Progress(file, options.frameworkId().or(earlier::frameworkId));
        for (int number = 1; number <= options.tasks(); number++) {
            var known = earlier.tasks().get(number);
            progress.tasks.put(number, known == null ? HelloTask.waiting(number) : known);
        }
        return progress;
    }

    Optional<String> frameworkId() {
        return frameworkId;
    }

    void registered(String id) {
        frameworkId = Optional.of(id);
        save();
    }

    void change(HelloTask task) {
        tasks.put(task.number(), task);
        save();
    }

    Optional<HelloTask> byId(String id) {
        return tasks.values().stream().filter(task -> task.id().equals(id)).findFirst();
    }

    List<HelloTask> waiting() {
        return tasks.values().stream()
                .filter(task -> task.stage() == Stage.WAITING)
                .toList();
    }

    List<HelloTask> underWay() {
        return tasks.values().stream().filter(HelloTask::isUnderWay).toList();
    }

    boolean isComplete() {
        return tasks.values().stream().allMatch(task -> task.stage() == Stage.FINISHED);
    }

    /** There is nothing to go on with. */
    void forget() throws IOException {
        if (file.isPresent()) {
            file.get().delete();
        }
    }

    private void save() {
        file.ifPresent(present -> {
            try {
                present.write(new StateFile.State(frameworkId, tasks));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot keep the state in " + present.path(), e);
            }
        });
    }
}
