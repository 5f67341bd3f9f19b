package dev.proffer.master.edge.http.scheduler;

import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.RequestId;
import dev.proffer.master.core.StreamId;
import dev.proffer.master.edge.http.Answer;
import dev.proffer.master.edge.http.Exchange;
import dev.proffer.master.edge.http.Identity;
import dev.proffer.model.Moment;
import dev.proffer.protocol.media.MediaType;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.protocol.v1.scheduler.Event;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The schedulers' calls that wait for their answers, and the schedulers' streams, of one term. Any thread. */
public final class TermStreams implements StreamOwner {
    static final String STREAM_ID_HEADER = "Mesos-Stream-Id";

    private static final Logger LOG = LoggerFactory.getLogger(TermStreams.class);

    private final CallInbox inbox;
    private final CallWitness witness;
    private final Supplier<Moment> time;
    private final AtomicLong lastRequest = new AtomicLong();
    private final ConcurrentMap<RequestId, WaitingCall> calls = new ConcurrentHashMap<>();
    private final ConcurrentMap<StreamId, EventStream> streams = new ConcurrentHashMap<>();
    private final AtomicLong backlog = new AtomicLong();
    private final LongAdder eventsSent = new LongAdder();
    private final LongAdder streamsBroken = new LongAdder();

    /** @param mediaType of the events, for SUBSCRIBE */
    private record WaitingCall(
            Exchange exchange, Call.Type type, Identity identity, Optional<MediaType> mediaType, Moment since) {}

    public TermStreams(CallInbox inbox, CallWitness witness, Supplier<Moment> time) {
        this.inbox = inbox;
        this.witness = witness;
        this.time = time;
    }

    // What schedulers say

    void subscribe(Exchange exchange, MediaType mediaType, Identity identity, Call call) {
        var stream = new StreamId(UUID.randomUUID().toString());
        var request = await(exchange, call, identity, Optional.of(mediaType));
        submit(request, new MasterInput.Subscribe(request, stream, identity.principal(), call));
    }

    void call(Exchange exchange, Optional<StreamId> stream, Identity identity, Call call) {
        stream.flatMap(id -> Optional.ofNullable(streams.get(id))).ifPresent(open -> open.renew(identity));
        var request = await(exchange, call, identity, Optional.empty());
        submit(request, new MasterInput.SchedulerCall(request, stream, identity.principal(), call));
    }

    private RequestId await(Exchange exchange, Call call, Identity identity, Optional<MediaType> mediaType) {
        var request = new RequestId(lastRequest.incrementAndGet());
        calls.put(request, new WaitingCall(exchange, call.getType(), identity, mediaType, time.get()));
        exchange.whenClosed(() -> calls.remove(request));
        return request;
    }

    private void submit(RequestId request, MasterInput input) {
        if (!inbox.offer(input)) {
            answer(request, Answer.unavailable("The master is overloaded: its inbox is full."));
        }
    }

    // What the core wants done

    public void respond(MasterEffect.Respond response) {
        answer(
                response.request(),
                response.status() == 503
                        ? Answer.unavailable(response.text())
                        : Answer.text(response.status(), response.text()));
    }

    public void open(MasterEffect.StreamOpened opened) {
        var call = calls.remove(opened.request());
        if (call == null || call.mediaType().isEmpty()) {
            broken(opened.stream(), "the scheduler went before its stream was opened");
            return;
        }
        var stream = new EventStream(
                opened.stream(), call.exchange(), call.mediaType().get(), call.identity(), time, this);
        LOG.info("stream opened stream={}", opened.stream().value());
        streams.put(opened.stream(), stream);
        stream.open();
        observe(call, 200);
    }

    public void send(StreamId id, Event event) {
        var stream = streams.get(id);
        if (stream != null) {
            eventsSent.increment();
            stream.send(event);
        }
    }

    public void close(StreamId id) {
        var stream = streams.remove(id);
        if (stream != null) {
            stream.finish();
        }
    }

    /** The term is over: all streams end, and who waits is told to come back. */
    public void end() {
        streams.keySet().forEach(this::close);
        calls.keySet().forEach(call -> answer(call, Answer.unavailable("This master has ceased to lead.")));
    }

    private void answer(RequestId request, Answer answer) {
        var call = calls.remove(request);
        if (call != null) {
            call.exchange().context().runOnContext(_ -> call.exchange().answer(answer));
            observe(call, answer.status());
        }
    }

    private void observe(WaitingCall call, int status) {
        witness.answered(
                call.type(),
                status,
                Duration.ofNanos(time.get().nanos() - call.since().nanos()));
    }

    // What happens to streams

    @Override
    public void broken(StreamId stream, String reason) {
        streams.remove(stream);
        streamsBroken.increment();
        LOG.info("stream closed stream={} reason=\"{}\"", stream.value(), reason);
        inbox.put(new MasterInput.StreamClosed(stream, reason));
    }

    @Override
    public void backlogChanged(long bytes) {
        backlog.addAndGet(bytes);
    }

    // Figures

    public int streams() {
        return streams.size();
    }

    /** Bytes that wait to be read by subscribers. */
    public long backlogBytes() {
        return backlog.get();
    }

    public long eventsSent() {
        return eventsSent.sum();
    }

    public long streamsBroken() {
        return streamsBroken.sum();
    }
}
