package dev.proffer.master.edge.http.operator;

import dev.proffer.master.edge.http.Answer;
import dev.proffer.master.edge.http.Endpoint;
import dev.proffer.master.edge.http.Exchange;
import java.util.function.BooleanSupplier;

/** {@code GET /health}: 200 when a client that asks this master gets somewhere, here or by a redirect. */
public final class HealthEndpoint implements Endpoint {
    private final BooleanSupplier ready;

    public HealthEndpoint(BooleanSupplier ready) {
        this.ready = ready;
    }

    @Override
    public void handle(Exchange exchange) {
        if (!exchange.method().equals("GET")) {
            exchange.answer(Answer.methodNotAllowed("GET", exchange.method()));
        } else {
            exchange.answer(
                    ready.getAsBoolean()
                            ? Answer.text(200, "")
                            : Answer.unavailable("This master neither leads nor knows who does."));
        }
    }
}
