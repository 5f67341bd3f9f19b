package dev.proffer.agent.core.updates;

import com.google.protobuf.ByteString;
import dev.proffer.agent.core.AgentTiming;
import dev.proffer.agent.core.TaskKey;
import dev.proffer.agent.core.effects.Awaited;
import dev.proffer.agent.core.effects.Recorder;
import dev.proffer.agent.core.journal.Records;
import dev.proffer.agent.core.registration.Registration;
import dev.proffer.agent.core.timers.Timer;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.StatusUpdate;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings updates to the master: each is on disk before it is sent, and sent until it is acknowledged, at least once and in
 * order per task. As in Mesos, the first repetition comes after 10 seconds, then after twice as long, up to 10 minutes.
 */
public final class Updates {
    private final AgentTiming timing;
    private final Registration registration;
    private final Recorder recorder;
    private final Timers<Timer> timers;
    private final TreeMap<TaskKey, UpdateStream> streams = new TreeMap<>();

    public Updates(AgentTiming timing, Registration registration, Recorder recorder, Timers<Timer> timers) {
        this.timing = timing;
        this.registration = registration;
        this.recorder = recorder;
        this.timers = timers;
    }

    /** Opens the stream of a task that this agent takes on. */
    public void open(TaskKey task) {
        streams.put(task, new UpdateStream(/* durable= */ true));
    }

    public void restore(TaskKey task, Optional<TaskStatus> acknowledged, List<TaskStatus> unacknowledged) {
        var stream = new UpdateStream(/* durable= */ true);
        stream.restore(acknowledged.orElse(null), unacknowledged);
        streams.put(task, stream);
    }

    public void close(TaskKey task) {
        streams.remove(task);
        timers.cancel(new Timer.Resend(task));
    }

    /** Whether there is a stream: of a task, or of an answer about one that this agent never took on. */
    public boolean isOpen(TaskKey task) {
        return streams.containsKey(task);
    }

    public int open() {
        return streams.size();
    }

    /** Appends an update to a task's stream and has it recorded. */
    public void report(TaskKey task, TaskStatus status) {
        append(task, status);
        recorder.record(new Awaited.Update(task, status.getUuid()), Records.update(task, status));
    }

    /** Appends an update whose record the caller sends along with others; {@link #recorded} then says that it is there. */
    public void append(TaskKey task, TaskStatus status) {
        stream(task).add(status);
    }

    /**
     * Tells of a task that this agent did not take on, so that nothing of it is on disk: a terminal update, which is
     * repeated until acknowledged, but not after a restart. The master then finds that the task is missing and asks.
     */
    public void answer(Moment now, TaskKey task, TaskStatus terminal) {
        var stream = new UpdateStream(/* durable= */ false);
        stream.add(terminal);
        streams.put(task, stream);
        sendHead(now, task, stream);
    }

    /** The same once, best effort: for when there is no room to keep it. */
    public void answerOnce(TaskKey task, TaskStatus terminal) {
        if (registration.isRegistered()) {
            send(task, terminal.toBuilder().clearUuid().build(), terminal.getState());
        }
    }

    /** The update is on disk: it may be sent when its turn has come. */
    public void recorded(Moment now, TaskKey task, ByteString uuid) {
        var stream = streams.get(task);
        if (stream != null) {
            boolean waited = stream.head().isEmpty();
            stream.recorded(uuid);
            if (waited) {
                sendHead(now, task, stream);
            }
        }
    }

    /** The update is not on disk: tried again in a while, with all others that are not. */
    public void notRecorded(Moment now) {
        if (!timers.isSet(new Timer.RecordAgain())) {
            timers.set(new Timer.RecordAgain(), now.deadline(timing.recordAgain()));
        }
    }

    /** The timer's work. */
    public void recordAgain() {
        streams.forEach((task, stream) -> {
            for (var status : stream.unrecorded()) {
                recorder.record(new Awaited.Update(task, status.getUuid()), Records.update(task, status));
            }
        });
    }

    /** The update that this acknowledges, unless it came twice or late. */
    public Optional<TaskStatus> acknowledge(Moment now, TaskKey task, ByteString uuid) {
        var stream = streams.get(task);
        if (stream == null) {
            return Optional.empty();
        }
        var acknowledged = stream.acknowledge(uuid);
        if (acknowledged.isPresent()) {
            if (stream.isDurable()) {
                recorder.record(new Awaited.Nothing(), Records.acknowledged(task, uuid));
            }
            timers.cancel(new Timer.Resend(task));
            sendHead(now, task, stream);
        }
        return acknowledged;
    }

    /** A new session: every head is sent at once. */
    public void sendAll(Moment now) {
        streams.forEach((task, stream) -> {
            stream.forgetResends();
            sendHead(now, task, stream);
        });
    }

    /** The timer's work. */
    public void resend(Moment now, TaskKey task) {
        var stream = streams.get(task);
        if (stream != null) {
            sendHead(now, task, stream);
        }
    }

    /** The task's state by what is on disk. */
    public TaskState latestState(TaskKey task) {
        return stream(task).latestState();
    }

    /** The task's state by the last update, which may not be on disk yet. */
    public TaskState reportedState(TaskKey task) {
        return stream(task).reportedState();
    }

    public Optional<TaskStatus> latest(TaskKey task) {
        return stream(task).latest();
    }

    public Optional<TaskStatus> head(TaskKey task) {
        return stream(task).head();
    }

    public int unacknowledged(TaskKey task) {
        return stream(task).unacknowledged();
    }

    private void sendHead(Moment now, TaskKey task, UpdateStream stream) {
        var head = stream.head();
        if (head.isEmpty() || !registration.isRegistered()) {
            return;
        }
        send(task, head.get(), stream.latestState());
        timers.set(new Timer.Resend(task), now.deadline(stream.resendAfter(timing.resendFirst(), timing.resendMost())));
    }

    private void send(TaskKey task, TaskStatus status, TaskState latest) {
        registration.send(AgentFrame.newBuilder()
                .setStatusUpdate(StatusUpdate.newBuilder()
                        .setFrameworkId(task.frameworkId())
                        .setStatus(status)
                        .setLatestState(latest)));
    }

    private UpdateStream stream(TaskKey task) {
        @Nullable UpdateStream stream = streams.get(task);
        if (stream == null) {
            throw new IllegalStateException("no stream of updates for task " + task);
        }
        return stream;
    }
}
