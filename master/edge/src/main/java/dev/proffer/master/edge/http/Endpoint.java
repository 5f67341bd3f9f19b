package dev.proffer.master.edge.http;

/** What is found at a path. Called on the exchange's context; must not block. */
@FunctionalInterface
public interface Endpoint {
    void handle(Exchange exchange);
}
