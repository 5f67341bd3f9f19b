package dev.proffer.master.edge.http.operator;

import dev.proffer.master.edge.http.Answer;
import dev.proffer.master.edge.http.Endpoint;
import dev.proffer.master.edge.http.Exchange;
import dev.proffer.master.edge.http.Leader;
import dev.proffer.master.edge.http.LeaderGate;

/** {@code GET /redirect}: how clients without ZooKeeper find the leader. */
public final class RedirectEndpoint implements Endpoint {
    private final LeaderGate gate;

    public RedirectEndpoint(LeaderGate gate) {
        this.gate = gate;
    }

    @Override
    public void handle(Exchange exchange) {
        if (!exchange.method().equals("GET")) {
            exchange.answer(Answer.methodNotAllowed("GET", exchange.method()));
            return;
        }
        exchange.answer(
                switch (gate.leader()) {
                    case Leader.Here(var address) -> Answer.redirect("//" + address);
                    case Leader.Elsewhere(var address) -> Answer.redirect("//" + address);
                    case Leader.Recovering(), Leader.Unknown() ->
                        gate.refusal("").orElseThrow();
                });
    }
}
