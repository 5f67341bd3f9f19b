package dev.proffer.master.core.snapshot;

import dev.proffer.master.core.policy.ObjectName;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.v1.FrameworkInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A framework. Its live tasks are with their agents: see {@link MasterSnapshot#tasksByFramework()}.
 *
 * @param info as it subscribed, with its id
 * @param admittedAs the Framework object that admitted it; absent as long as it has not subscribed in this term
 * @param unregisteredAt when it was removed; present only in {@link MasterSnapshot#completedFrameworks()}
 * @param suppressed its roles that want no offers
 * @param unreachableTasks those on agents that are unreachable, oldest first, bounded
 * @param completedTasks those that ended and were acknowledged, oldest first, bounded
 */
public record FrameworkSnapshot(
        FrameworkId id,
        FrameworkInfo info,
        Optional<ObjectName> admittedAs,
        State state,
        List<RolePath> roles,
        List<RolePath> suppressed,
        Instant registeredAt,
        Optional<Instant> reregisteredAt,
        Optional<Instant> unregisteredAt,
        List<TaskSnapshot> unreachableTasks,
        List<TaskSnapshot> completedTasks) {
    /**
     * Where a framework stands.
     *
     * <pre>
     *   SUBSCRIBE            stream ends                  time is up
     *  ───────────▶ CONNECTED ─────────▶ DISCONNECTED ───────────▶ REMOVED
     *                 ▲   │◀───────────────┘ SUBSCRIBE                ▲
     *      SUBSCRIBE  │   └──────────── TEARDOWN ─────────────────────┘
     *              RECOVERED  (an agent runs its tasks; the scheduler is not back yet)
     * </pre>
     */
    public enum State {
        CONNECTED,
        DISCONNECTED,
        RECOVERED,
        REMOVED
    }

    public FrameworkSnapshot {
        roles = List.copyOf(roles);
        suppressed = List.copyOf(suppressed);
        unreachableTasks = List.copyOf(unreachableTasks);
        completedTasks = List.copyOf(completedTasks);
    }

    /** Since when its scheduler is there. */
    public Optional<Instant> connectedSince() {
        return connected() ? reregisteredAt.or(() -> Optional.of(registeredAt)) : Optional.empty();
    }

    public boolean connected() {
        return state == State.CONNECTED;
    }
}
