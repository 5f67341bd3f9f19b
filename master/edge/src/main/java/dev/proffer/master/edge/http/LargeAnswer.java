package dev.proffer.master.edge.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes answers of any size as they are made, on a thread of their own that waits for the client to read. Any thread.
 */
public final class LargeAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(LargeAnswer.class);
    private static final int AT_A_TIME = 64;

    private final AtomicInteger underWay = new AtomicInteger();

    /** Writes the body; closing it is not its job. */
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream output) throws IOException;
    }

    /** Answers 200 with what {@code body} writes. On the exchange's context. */
    public void write(Exchange exchange, String contentType, Body body) {
        if (underWay.incrementAndGet() > AT_A_TIME) {
            underWay.decrementAndGet();
            exchange.answer(Answer.unavailable("The master is overloaded: too many clients read at once."));
            return;
        }
        var response = exchange.stream(contentType);
        if (response.isEmpty()) {
            underWay.decrementAndGet();
            return;
        }
        var output = new ResponseOutput(exchange, response.get());
        exchange.whenClosed(output::closedByClient);
        Thread.ofVirtual().name("http-answer").start(() -> {
            try (output) {
                body.writeTo(output);
                output.complete();
            } catch (IOException | RuntimeException problem) {
                LOG.warn("answer cut short: {}", problem.toString());
                exchange.context().runOnContext(_ -> exchange.cut());
            } finally {
                underWay.decrementAndGet();
            }
        });
    }
}
