package dev.proffer.master.edge.http.operator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.edge.http.Answer;
import dev.proffer.master.edge.http.Endpoint;
import dev.proffer.master.edge.http.Exchange;
import dev.proffer.master.edge.http.LargeAnswer;
import dev.proffer.master.edge.http.LeaderReads;
import java.io.IOException;

/** {@code GET} of a JSON document that is made from a snapshot, by the leader only. */
public final class StateEndpoint implements Endpoint {
    private final LeaderReads reads;
    private final SnapshotSource snapshots;
    private final LargeAnswer largeAnswer;
    private final Document document;
    private final JsonFactory factory = new JsonFactory();

    /** Writes a snapshot as JSON. */
    @FunctionalInterface
    public interface Document {
        void write(MasterSnapshot snapshot, JsonGenerator json) throws IOException;
    }

    public StateEndpoint(LeaderReads reads, SnapshotSource snapshots, LargeAnswer largeAnswer, Document document) {
        this.reads = reads;
        this.snapshots = snapshots;
        this.largeAnswer = largeAnswer;
        this.document = document;
    }

    @Override
    public void handle(Exchange exchange) {
        reads.admit(exchange, (admitted, _) -> answer(admitted));
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
