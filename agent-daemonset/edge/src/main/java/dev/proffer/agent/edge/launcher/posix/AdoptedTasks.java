package dev.proffer.agent.edge.launcher.posix;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Watches the supervisors that an earlier run of the agent started. They are not this process's children, so that the
 * system does not say when they end: they are looked at, several times a second.
 */
final class AdoptedTasks implements AutoCloseable {
    private static final long LOOK_MILLIS = 200;

    private final Map<ProcessHandle, Runnable> watched = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("agent-adopted-tasks").daemon().factory());

    AdoptedTasks() {
        var _ = looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @param whenGone must not block */
    void watch(ProcessHandle supervisor, Runnable whenGone) {
        watched.put(supervisor, whenGone);
    }

    private void look() {
        watched.forEach((supervisor, whenGone) -> {
            if (!supervisor.isAlive() && watched.remove(supervisor, whenGone)) {
                whenGone.run();
            }
        });
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
