package dev.proffer.master.edge.http.operator;

import dev.proffer.master.edge.http.Exchange;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request's parameters. Of one that is given twice the first counts, and an empty one is absent. */
final class Query {
    private final Map<String, List<String>> parameters;

    /** @throws IllegalArgumentException if it is no query; the message says why */
    Query(Exchange exchange) {
        this.parameters = new QueryStringDecoder(exchange.pathAndQuery()).parameters();
    }

    Optional<String> text(String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst().filter(value -> !value.isEmpty());
    }

    /**
     * @param otherwise if it is absent
     * @throws IllegalArgumentException if it is no number in the range; the message names it
     */
    long number(String name, long least, long most, long otherwise) {
        var text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "'" + name + "' is '" + text.get() + "', not a whole number from " + least + " to " + most + ".");
    }
}
