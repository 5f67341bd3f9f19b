package dev.proffer.master.edge.http;

import java.util.function.BiConsumer;

/** What the leader alone answers, by GET, to whoever says who he is: what the endpoints for people have in common. */
public final class LeaderReads {
    private final Identification identification;
    private final LeaderGate gate;

    public LeaderReads(Identification identification, LeaderGate gate) {
        this.identification = identification;
        this.gate = gate;
    }

    /** Has {@code answer} called for a request that is to be answered here, and answers others. */
    public void admit(Exchange exchange, BiConsumer<Exchange, Identity> answer) {
        identification.identify(exchange, identity -> {
            var refusal = gate.refusal(exchange.pathAndQuery());
            if (refusal.isPresent()) {
                exchange.answer(refusal.get());
            } else if (!exchange.method().equals("GET")) {
                exchange.answer(Answer.methodNotAllowed("GET", exchange.method()));
            } else {
                answer.accept(exchange, identity);
            }
        });
    }
}
