package dev.proffer.master.edge.http.operator;

import com.fasterxml.jackson.core.JsonFactory;
import dev.proffer.master.core.explanations.Explained;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.edge.http.Answer;
import dev.proffer.master.edge.http.Endpoint;
import dev.proffer.master.edge.http.Exchange;
import dev.proffer.master.edge.http.LargeAnswer;
import dev.proffer.master.edge.http.LeaderReads;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.RolePath;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code GET /api/proffer/v1/explain?framework=…[&role=…][&agent=…]}: why a framework gets no offers. The framework is named
 * by its id, or by its name if no other has it.
 */
public final class ExplainEndpoint implements Endpoint {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final LeaderReads reads;
    private final SnapshotSource snapshots;
    private final ExplanationSource explanations;
    private final LargeAnswer largeAnswer;
    private final JsonFactory factory = new JsonFactory();

    public ExplainEndpoint(
            LeaderReads reads, SnapshotSource snapshots, ExplanationSource explanations, LargeAnswer largeAnswer) {
        this.reads = reads;
        this.snapshots = snapshots;
        this.explanations = explanations;
        this.largeAnswer = largeAnswer;
    }

    @Override
    public void handle(Exchange exchange) {
        reads.admit(exchange, (admitted, _) -> question(admitted));
    }

    private void question(Exchange exchange) {
        var query = new Query(exchange);
        var framework = query.text("framework");
        var role = query.text("role");
        var roleProblem = role.flatMap(RolePath::problemWith);
        if (framework.isEmpty()) {
            exchange.answer(Answer.text(BAD_REQUEST, "'framework' is missing: name one by its id, or by its name."));
        } else if (roleProblem.isPresent()) {
            exchange.answer(Answer.text(BAD_REQUEST, "'role': " + roleProblem.get()));
        } else {
            var agent = query.text("agent").map(AgentId::new);
            snapshots
                    .snapshot()
                    .whenComplete((snapshot, failure) -> exchange.context().runOnContext(_ -> {
                        if (failure == null) {
                            ask(exchange, snapshot, framework.get(), role.map(RolePath::new), agent);
                        } else {
                            exchange.answer(unavailable(failure));
                        }
                    }));
        }
    }

    private void ask(
            Exchange exchange,
            MasterSnapshot snapshot,
            String framework,
            Optional<RolePath> role,
            Optional<AgentId> agent) {
        var named = snapshot.frameworks().stream()
                .filter(one -> one.info().getName().equals(framework))
                .toList();
        var id = snapshot.frameworks().stream()
                .map(FrameworkSnapshot::id)
                .filter(one -> one.value().equals(framework))
                .findFirst()
                .or(() -> named.stream().map(FrameworkSnapshot::id).findFirst());
        if (id.isEmpty()) {
            exchange.answer(Answer.text(NOT_FOUND, "No framework has the id or the name '" + framework + "'."));
        } else if (named.size() > 1 && !id.get().value().equals(framework)) {
            exchange.answer(Answer.text(
                    BAD_REQUEST,
                    "Several frameworks are called '" + framework + "'; name one by its id: "
                            + named.stream().map(one -> one.id().value()).collect(Collectors.joining(", "))));
        } else {
            explain(exchange, snapshot, id.get(), role, agent);
        }
    }

    private void explain(
            Exchange exchange,
            MasterSnapshot snapshot,
            FrameworkId framework,
            Optional<RolePath> role,
            Optional<AgentId> agent) {
        explanations
                .explain(framework, role, agent)
                .whenComplete((explained, failure) -> exchange.context().runOnContext(_ -> {
                    if (failure != null) {
                        exchange.answer(unavailable(failure));
                        return;
                    }
                    switch (explained) {
                        case Explained.Unknown(var problem) -> exchange.answer(Answer.text(NOT_FOUND, problem));
                        case Explained.Known known -> write(exchange, snapshot, known);
                    }
                }));
    }

    private void write(Exchange exchange, MasterSnapshot snapshot, Explained.Known known) {
        largeAnswer.write(exchange, "application/json", output -> {
            try (var json = factory.createGenerator(output)) {
                new ExplanationJson(snapshot).write(json, known);
            }
        });
    }

    private static Answer unavailable(Throwable failure) {
        return Answer.unavailable("This cannot be explained now: " + failure.getMessage());
    }
}
