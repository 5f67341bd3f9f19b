package dev.proffer.agent.edge.launcher.linux;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when containers have ended: when their monitors leave their exit statuses, or are gone themselves. The first is told
 * by the kernel at once; for the second, and for events that were lost, all are looked at every second.
 */
final class ExitWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExitWatch.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final Path exits;
    private final WatchService events;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();
    private final Thread thread;

    private record Watched(ProcessHandle monitor, Runnable whenEnded) {}

    /** @param exits where monitors leave exit statuses, in files named after their containers */
    ExitWatch(Path exits) throws IOException {
        this.exits = exits;
        this.events = exits.getFileSystem().newWatchService();
        exits.register(events, StandardWatchEventKinds.ENTRY_CREATE);
        this.thread = Thread.ofPlatform().name("agent-task-exits").daemon().start(this::run);
    }

    /** @param whenEnded called once, on the watch's thread or the caller's; must not block */
    void watch(String container, ProcessHandle monitor, Runnable whenEnded) {
        watched.put(container, new Watched(monitor, whenEnded));
        look(container); // It may have ended before it was watched.
    }

    private void run() {
        try {
            long nextLook = System.nanoTime() + LOOK.toNanos();
            while (true) {
                var key = events.poll(Math.max(1, nextLook - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (key != null) {
                    key.pollEvents().forEach(event -> look(String.valueOf(event.context())));
                    key.reset();
                }
                if (System.nanoTime() >= nextLook) {
                    watched.keySet().forEach(this::look);
                    nextLook = System.nanoTime() + LOOK.toNanos();
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException closing) {
            LOG.debug("no longer watching for exits");
        }
    }

    private void look(String container) {
        var entry = watched.get(container);
        if (entry == null || (entry.monitor.isAlive() && !Files.exists(exits.resolve(container)))) {
            return;
        }
        if (watched.remove(container, entry)) {
            entry.whenEnded.run();
        }
    }

    @Override
    public void close() throws IOException {
        events.close();
        try {
            thread.join(STOP_PATIENCE);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
