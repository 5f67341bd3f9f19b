package dev.proffer.master.core.cluster;

import dev.proffer.master.core.MasterConfig;
import dev.proffer.master.core.StreamId;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.model.FrameworkId;
import dev.proffer.protocol.v1.FrameworkInfo;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The frameworks by id and by stream, in the order in which they came, and those that were removed. */
public final class Frameworks {
    private final LinkedHashMap<FrameworkId, Framework> byId = new LinkedHashMap<>();
    private final LinkedHashMap<StreamId, Framework> byStream = new LinkedHashMap<>();
    private final Remembered<FrameworkId, FrameworkSnapshot> completed;
    private final Framework.Limits limits;
    private final String masterId;
    private long registrations;

    Frameworks(String masterId, MasterConfig config) {
        this.masterId = masterId;
        this.completed = new Remembered<>(config.maxCompletedFrameworks());
        this.limits =
                new Framework.Limits(config.maxCompletedTasksPerFramework(), config.maxUnreachableTasksPerFramework());
    }

    /** An id that no framework has had: the master's, and a number of at least four digits. */
    public FrameworkId nextId() {
        FrameworkId id;
        do {
            var number = Long.toString(registrations++);
            id = new FrameworkId(masterId + "-" + "0".repeat(Math.max(0, 4 - number.length())) + number);
        } while (byId.containsKey(id) || completed.contains(id));
        return id;
    }

    public Optional<Framework> find(FrameworkId id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Optional<Framework> find(StreamId stream) {
        return Optional.ofNullable(byStream.get(stream));
    }

    public Collection<Framework> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** The removed ones that are still remembered. */
    public Remembered<FrameworkId, FrameworkSnapshot> completed() {
        return completed;
    }

    /** @param info with its id */
    public Framework add(FrameworkInfo info, RoleChoice roles, Instant at) {
        var framework = new Framework(info, roles, at, limits);
        if (byId.put(framework.id(), framework) != null) {
            throw new IllegalStateException("framework " + framework.id() + " is known already");
        }
        return framework;
    }

    /** Its first stream. */
    public void connect(Framework framework, StreamId stream) {
        framework.connect(stream);
        byStream.put(stream, framework);
    }

    /** A stream in place of the one it had, or of none. */
    public void reconnect(Framework framework, StreamId stream, Instant at) {
        framework.stream().ifPresent(byStream::remove);
        framework.reconnect(stream, at);
        byStream.put(stream, framework);
    }

    public void disconnect(Framework framework) {
        framework.stream().ifPresent(byStream::remove);
        framework.disconnect();
    }

    public void remove(Framework framework, Instant at) {
        framework.stream().ifPresent(byStream::remove);
        byId.remove(framework.id());
        completed.put(framework.id(), framework.removedAt(at));
    }
}
