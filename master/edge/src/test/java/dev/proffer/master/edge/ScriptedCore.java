package dev.proffer.master.edge;

import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.StreamId;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.edge.writer.StateMachine;
import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.scheduler.Event;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * A core that does as told: by default it opens every stream with SUBSCRIBED and a heartbeat, and accepts every call. All
 * inputs can be looked at.
 */
final class ScriptedCore implements StateMachine<MasterSnapshot> {
    static final Event HEARTBEAT =
            Event.newBuilder().setType(Event.Type.HEARTBEAT).build();

    final BlockingQueue<MasterInput> inputs = new LinkedBlockingQueue<>();
    private final Function<MasterInput, List<MasterEffect>> script;
    private final MasterSnapshot snapshot;

    ScriptedCore(MasterSnapshot snapshot, Function<MasterInput, List<MasterEffect>> script) {
        this.snapshot = snapshot;
        this.script = script;
    }

    @Override
    public List<MasterEffect> apply(Moment now, MasterInput input) {
        inputs.add(input);
        return script.apply(input);
    }

    @Override
    public long nextDeadline() {
        return Long.MAX_VALUE;
    }

    @Override
    public MasterSnapshot snapshot() {
        return snapshot;
    }

    static List<MasterEffect> obliging(MasterInput input) {
        return switch (input) {
            case MasterInput.Subscribe subscribe ->
                List.of(
                        new MasterEffect.StreamOpened(subscribe.request(), subscribe.stream()),
                        new MasterEffect.SendEvent(subscribe.stream(), subscribed("framework-1")),
                        new MasterEffect.SendEvent(subscribe.stream(), HEARTBEAT));
            case MasterInput.SchedulerCall call -> List.of(new MasterEffect.Respond(call.request(), 202, ""));
            case MasterInput _ -> List.of();
        };
    }

    static Event subscribed(String framework) {
        return Event.newBuilder()
                .setType(Event.Type.SUBSCRIBED)
                .setSubscribed(Event.Subscribed.newBuilder()
                        .setFrameworkId(FrameworkID.newBuilder().setValue(framework))
                        .setHeartbeatIntervalSeconds(15))
                .build();
    }

    static MasterEffect send(StreamId stream, Event event) {
        return new MasterEffect.SendEvent(stream, event);
    }
}
