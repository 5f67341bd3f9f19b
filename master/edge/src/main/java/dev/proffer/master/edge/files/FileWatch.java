package dev.proffer.master.edge.files;

import java.time.Duration;
import java.util.List;

/** Has files looked at again and again, on a thread of its own. */
public final class FileWatch implements AutoCloseable {
    private final Thread thread;

    private FileWatch(Thread thread) {
        this.thread = thread;
    }

    /** @param interval between looks; a Secret's mount lags behind the Secret by more than any sensible one */
    public static FileWatch start(Duration interval, List<? extends ReloadedFiles<?>> files) {
        var watched = List.copyOf(files);
        return new FileWatch(Thread.ofVirtual().name("file-watch").start(() -> watch(interval, watched)));
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private static void watch(Duration interval, List<? extends ReloadedFiles<?>> files) {
        try {
            while (true) {
                Thread.sleep(interval);
                files.forEach(ReloadedFiles::refresh);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
