package dev.proffer.master.edge.http.scheduler;

import dev.proffer.master.core.CallValidation;
import dev.proffer.master.core.StreamId;
import dev.proffer.master.edge.http.Answer;
import dev.proffer.master.edge.http.Endpoint;
import dev.proffer.master.edge.http.Exchange;
import dev.proffer.master.edge.http.Identification;
import dev.proffer.master.edge.http.Identity;
import dev.proffer.master.edge.http.LeaderGate;
import dev.proffer.protocol.media.AcceptHeader;
import dev.proffer.protocol.media.MediaType;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /api/v1/scheduler}. Checks what can be checked without the core's state, in Mesos' order, decodes the call
 * and hands it over; the core's answer comes back through the term's streams.
 */
public final class SchedulerApi implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulerApi.class);

    /** Decoding a larger body would hold up the other connections of its event loop. */
    private static final int ASIDE_FROM_BYTES = 64 << 10;

    private static final String CONTENT_TYPES =
            MediaType.JSON.contentType() + " or " + MediaType.PROTOBUF.contentType();

    private final Identification identification;
    private final LeaderGate gate;
    private final Supplier<Optional<TermStreams>> leading;

    /** @param leading the streams of the term that this master leads in, if it leads */
    public SchedulerApi(Identification identification, LeaderGate gate, Supplier<Optional<TermStreams>> leading) {
        this.identification = identification;
        this.gate = gate;
        this.leading = leading;
    }

    // 1. Who asks?

    @Override
    public void handle(Exchange exchange) {
        identification.identify(exchange, identity -> head(exchange, identity));
    }

    // 2. Does the head make sense, and to this master?

    private void head(Exchange exchange, Identity identity) {
        var refusal = gate.refusal(exchange.pathAndQuery());
        var contentType = exchange.header("Content-Type");
        var mediaType = contentType.flatMap(MediaType::ofContentType);
        if (refusal.isPresent()) {
            exchange.answer(refusal.get());
        } else if (!exchange.method().equals("POST")) {
            exchange.answer(Answer.methodNotAllowed("POST", exchange.method()));
        } else if (contentType.isEmpty()) {
            exchange.answer(Answer.text(400, "There is no 'Content-Type' header: send " + CONTENT_TYPES + "."));
        } else if (mediaType.isEmpty()) {
            exchange.answer(Answer.text(415, "'Content-Type' must be exactly " + CONTENT_TYPES + "."));
        } else {
            exchange.readBody(bytes -> body(exchange, identity, mediaType.get(), bytes));
        }
    }

    // 3. Is the body a call?

    private void body(Exchange exchange, Identity identity, MediaType mediaType, byte[] bytes) {
        if (bytes.length < ASIDE_FROM_BYTES) {
            decoded(exchange, identity, CallBody.of(bytes, mediaType));
            return;
        }
        exchange.context()
                .executeBlocking(() -> CallBody.of(bytes, mediaType), false)
                .onSuccess(body -> exchange.attempt(() -> decoded(exchange, identity, body)))
                .onFailure(defect -> {
                    LOG.error("decoding a call failed", defect);
                    exchange.answer(Answer.text(500, "The master failed to read the call; its log says why."));
                });
    }

    private void decoded(Exchange exchange, Identity identity, CallBody body) {
        switch (body) {
            case CallBody.Malformed(var problem) -> exchange.answer(Answer.text(400, problem));
            case CallBody.Decoded(var call) -> call(exchange, identity, call);
        }
    }

    // 4. Is the call complete, and does the rest of the head go with it?

    private void call(Exchange exchange, Identity identity, Call call) {
        var refusal = CallValidation.check(call, identity.principal());
        var streamId = exchange.header(TermStreams.STREAM_ID_HEADER);
        var answerType =
                AcceptHeader.choose(exchange.header("Accept").map(List::of).orElse(List.of()));
        if (refusal.isPresent()) {
            exchange.answer(Answer.text(refusal.get().status(), refusal.get().text()));
        } else if (answerType.isEmpty() && isAnsweredWithMessages(call.getType())) {
            exchange.answer(Answer.text(406, "'Accept' must allow " + CONTENT_TYPES + "."));
        } else if (call.getType() != Call.Type.SUBSCRIBE) {
            submit(exchange, streams -> streams.call(exchange, streamId.map(StreamId::new), identity, call));
        } else if (streamId.isPresent()) {
            exchange.answer(Answer.text(
                    400,
                    "SUBSCRIBE opens a stream of its own: send no '" + TermStreams.STREAM_ID_HEADER + "' header."));
        } else {
            submit(exchange, streams -> streams.subscribe(exchange, answerType.orElseThrow(), identity, call));
        }
    }

    private static boolean isAnsweredWithMessages(Call.Type type) {
        return type == Call.Type.SUBSCRIBE || type == Call.Type.RECONCILE_OPERATIONS;
    }

    // 5. The core decides.

    private void submit(Exchange exchange, Consumer<TermStreams> submission) {
        leading.get()
                .ifPresentOrElse(
                        submission, () -> exchange.answer(Answer.unavailable("This master has just ceased to lead.")));
    }
}
