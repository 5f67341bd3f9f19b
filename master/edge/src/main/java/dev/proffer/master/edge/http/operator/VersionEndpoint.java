package dev.proffer.master.edge.http.operator;

import com.fasterxml.jackson.core.JsonFactory;
import dev.proffer.master.edge.http.Answer;
import dev.proffer.master.edge.http.Endpoint;
import dev.proffer.master.edge.http.Exchange;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** {@code GET /version}. */
public final class VersionEndpoint implements Endpoint {
    private final Answer answer;

    public VersionEndpoint(MasterFacts facts) {
        this.answer = Answer.json(document(facts));
    }

    @Override
    public void handle(Exchange exchange) {
        exchange.answer(exchange.method().equals("GET") ? answer : Answer.methodNotAllowed("GET", exchange.method()));
    }

    private static String document(MasterFacts facts) {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("version", facts.version());
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
