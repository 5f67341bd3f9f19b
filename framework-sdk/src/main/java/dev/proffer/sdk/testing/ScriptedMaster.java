package dev.proffer.sdk.testing;

import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.OfferID;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.protocol.v1.scheduler.Event;
import dev.proffer.sdk.Master;
import dev.proffer.sdk.Scheduler;
import dev.proffer.sdk.SchedulerConfig;
import dev.proffer.sdk.Termination;
import dev.proffer.sdk.session.MasterLink;
import dev.proffer.sdk.session.Reply;
import dev.proffer.sdk.session.SchedulerSession;
import dev.proffer.sdk.session.StreamInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A master in memory that does what a test says, for one scheduler. Between the two is the session that runs against real
 * masters, so acknowledgements, declines and reconciliation are the real ones.
 *
 * <pre>{@code
 * var master = new ScriptedMaster(scheduler);
 * master.start();
 * master.offer("agent-1", "cpus:4;mem:1024");
 * assertThat(master.launched()).hasSize(2);
 * master.update("task-1", TaskState.TASK_FINISHED);
 * }</pre>
 *
 * Everything happens on the calling thread: when a method returns, the scheduler has been told, and its calls are in
 * {@link #calls}. Time stands still but for {@link #passTime} and {@link #fallSilent}.
 */
public final class ScriptedMaster {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final SchedulerSession session;
    private final ScriptedEvents events = new ScriptedEvents(HEARTBEAT);
    private final LaunchCheck launchCheck = new LaunchCheck();
    private final Queue<StreamInput> pending = new ArrayDeque<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<TaskInfo> launched = new ArrayList<>();

    private Moment now = new Moment(0, Instant.EPOCH);
    private Optional<String> unreachable = Optional.empty();
    private Function<Call, Reply> answers = _ -> new Reply.Taken();
    private int stream;
    private long nextHeartbeat = Long.MAX_VALUE;

    public ScriptedMaster(Scheduler scheduler) {
        this(scheduler, SchedulerConfig.of("test", "http://scripted:5050"));
    }

    /** @param config its addresses, credentials and media type are of no consequence */
    public ScriptedMaster(Scheduler scheduler, SchedulerConfig config) {
        this.session = new SchedulerSession(scheduler, config, new Link(), () -> now.wall(), new SplittableRandom(1));
    }

    /** Lets the scheduler subscribe. */
    public void start() {
        session.start(now);
        deliver();
    }

    /**
     * Offers resources, and tells the offer.
     *
     * @param resources as in {@code cpus:2;mem:1024;ports:[31000-31009]}
     */
    public Offer offer(String agent, String resources) {
        var offer = events.offer(agent, resources);
        launchCheck.offered(offer);
        send(events.offers(offer));
        return offer;
    }

    public void rescind(OfferID offer) {
        launchCheck.withdrawn(offer);
        send(events.rescind(offer));
    }

    /** Reports a state of a task as its agent would, to be acknowledged. */
    public void update(String task, TaskState state) {
        update(events.status(task, agentOf(task), state));
    }

    public void update(TaskStatus status) {
        send(Event.newBuilder()
                .setType(Event.Type.UPDATE)
                .setUpdate(Event.Update.newBuilder().setStatus(status))
                .build());
    }

    /** Sends any event. */
    public void send(Event event) {
        pending.add(new StreamInput.Received(stream, event));
        deliver();
    }

    /** Ends the stream. The scheduler subscribes again when {@link #passTime time passes}. */
    public void breakStream(String reason) {
        pending.add(new StreamInput.Broken(stream, reason));
        deliver();
    }

    /** From now on nobody can subscribe, for that reason, until {@link #beReachable}. */
    public void beUnreachable(String reason) {
        unreachable = Optional.of(reason);
    }

    public void beReachable() {
        unreachable = Optional.empty();
    }

    /** Decides what becomes of calls from now on; they are recorded all the same. */
    public void answerCalls(Function<Call, Reply> decision) {
        answers = decision;
    }

    /** Moves the clock; heartbeats arrive meanwhile. */
    public void passTime(Duration duration) {
        moveTo(now.plus(duration), true);
    }

    /** Moves the clock while nothing at all comes from the master. */
    public void fallSilent(Duration duration) {
        moveTo(now.plus(duration), false);
    }

    /** All calls so far, in their order. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    public List<Call> calls(Call.Type type) {
        return calls.stream().filter(call -> call.getType() == type).toList();
    }

    /** The tasks that were launched so far and that a master would have sent to their agents. */
    public List<TaskInfo> launched() {
        return List.copyOf(launched);
    }

    /** For calls outside of the scheduler's callbacks; follow them with {@link #passTime} to have their effects. */
    public Master master() {
        return session.master();
    }

    /** Why the scheduler's run is over, once it is. */
    public Optional<Termination> termination() {
        return session.termination();
    }

    private String agentOf(String task) {
        return launched.stream()
                .filter(info -> info.getTaskId().getValue().equals(task))
                .map(info -> info.getAgentId().getValue())
                .reduce((_, last) -> last)
                .orElseThrow(() -> new IllegalArgumentException("task '" + task + "' was never launched"));
    }

    private void deliver() {
        for (var input = pending.poll(); input != null; input = pending.poll()) {
            session.received(input, now);
        }
        session.settle(now);
        if (!pending.isEmpty()) {
            deliver();
        }
    }

    private void moveTo(Moment end, boolean heartbeats) {
        deliver();
        while (true) {
            long beat = heartbeats ? nextHeartbeat : Long.MAX_VALUE;
            long next = Math.min(beat, session.nextDeadline());
            if (next > end.nanos()) {
                break;
            }
            now = now.plus(Duration.ofNanos(Math.max(0, next - now.nanos())));
            if (now.reached(beat)) {
                nextHeartbeat = now.deadline(HEARTBEAT);
                send(ScriptedEvents.heartbeat());
            }
            session.timePassed(now);
            deliver();
        }
        now = end;
    }

    private void subscribed(int opened, Call subscribe) {
        stream = opened;
        if (unreachable.isPresent()) {
            pending.add(new StreamInput.Broken(opened, unreachable.get()));
            return;
        }
        pending.add(new StreamInput.Opened(opened, "stream-" + opened));
        pending.add(new StreamInput.Received(opened, events.subscribed(subscribe)));
        nextHeartbeat = now.deadline(HEARTBEAT);
    }

    private Reply taken(Call call) {
        calls.add(call);
        var reply = answers.apply(call);
        if (reply instanceof Reply.Taken) {
            call.getDecline().getOfferIdsList().forEach(launchCheck::withdrawn);
            accepted(call.getAccept());
        }
        return reply;
    }

    private void accepted(Call.Accept accept) {
        var verdict = launchCheck.judge(accept);
        launched.addAll(verdict.launched());
        for (var status : verdict.refused()) {
            var update = Event.newBuilder().setType(Event.Type.UPDATE);
            update.getUpdateBuilder().setStatus(status);
            pending.add(new StreamInput.Received(stream, update.build()));
        }
    }

    private final class Link implements MasterLink {
        @Override
        public void open(int opened, Call subscribe) {
            calls.add(subscribe);
            subscribed(opened, subscribe);
        }

        @Override
        public void close(int closed) {
            nextHeartbeat = Long.MAX_VALUE;
            launchCheck.allWithdrawn();
        }

        @Override
        public Reply send(Call call, String streamId) {
            return taken(call);
        }

        @Override
        public void wake() {
            // The scheduler is told before the test goes on: every method here ends by settling.
        }
    }
}
