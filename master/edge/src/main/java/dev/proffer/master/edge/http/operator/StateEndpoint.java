package dev.proffer.master.edge.http.operator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.edge.http.Answer;
import dev.proffer.master.edge.http.Endpoint;
import dev.proffer.master.edge.http.Exchange;
import dev.proffer.master.edge.http.Identification;
import dev.proffer.master.edge.http.LargeAnswer;
import dev.proffer.master.edge.http.LeaderGate;
import java.io.IOException;

/** {@code GET} of a JSON document that is made from a snapshot, by the leader only. */
public final class StateEndpoint implements Endpoint {
    private final Identification identification;
    private final LeaderGate gate;
    private final SnapshotSource snapshots;
    private final LargeAnswer largeAnswer;
    private final Document document;
    private final JsonFactory factory = new JsonFactory();

    /** Writes a snapshot as JSON. */
    @FunctionalInterface
    public interface Document {
        void write(MasterSnapshot snapshot, JsonGenerator json) throws IOException;
    }

    public StateEndpoint(
            Identification identification,
            LeaderGate gate,
            SnapshotSource snapshots,
            LargeAnswer largeAnswer,
            Document document) {
        this.identification = identification;
        this.gate = gate;
        this.snapshots = snapshots;
        this.largeAnswer = largeAnswer;
        this.document = document;
    }

    @Override
    public void handle(Exchange exchange) {
        identification.identify(exchange, _ -> {
            var refusal = gate.refusal(exchange.pathAndQuery());
            if (refusal.isPresent()) {
                exchange.answer(refusal.get());
            } else if (!exchange.method().equals("GET")) {
                exchange.answer(Answer.methodNotAllowed("GET", exchange.method()));
            } else {
                answer(exchange);
            }
        });
    }

    private void answer(Exchange exchange) {
        snapshots
                .snapshot()
                .whenComplete((snapshot, failure) -> exchange.context().runOnContext(_ -> {
                    if (failure == null) {
                        largeAnswer.write(exchange, "application/json", output -> {
                            try (var json = factory.createGenerator(output)) {
                                document.write(snapshot, json);
                            }
                        });
                    } else {
                        exchange.answer(
                                Answer.unavailable("The master's state cannot be read now: " + failure.getMessage()));
                    }
                }));
    }
}
