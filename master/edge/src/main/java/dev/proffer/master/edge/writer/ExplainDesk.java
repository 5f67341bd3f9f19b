package dev.proffer.master.edge.writer;

import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.RequestId;
import dev.proffer.master.core.explanations.Explained;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.RolePath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;

/**
 * Where people wait who ask why a framework gets no offers. An answer costs the writer as much as an allocation for each
 * role, so only a few may ask at a time.
 */
public final class ExplainDesk {
    private final int capacity;
    private final Predicate<MasterInput> inbox;
    private final Map<RequestId, CompletableFuture<Explained>> waiting = new LinkedHashMap<>();
    private long lastRequest;
    private boolean closed;

    /** @param inbox false when it did not take the input */
    public ExplainDesk(int capacity, Predicate<MasterInput> inbox) {
        this.capacity = capacity;
        this.inbox = inbox;
    }

    /**
     * Any thread. The answer comes on the writer's thread: go elsewhere before doing anything with it. Fails with a
     * RejectedExecutionException when too many ask, the writer is overloaded, or the term is over.
     */
    public CompletionStage<Explained> ask(FrameworkId framework, Optional<RolePath> role, Optional<AgentId> agent) {
        var answer = new CompletableFuture<Explained>();
        RequestId request;
        synchronized (this) {
            if (closed || waiting.size() >= capacity) {
                return rejected("too many ask, or the term is over");
            }
            request = new RequestId(++lastRequest);
            waiting.put(request, answer);
        }
        if (!inbox.test(new MasterInput.ExplainRequested(request, framework, role, agent))) {
            take(request);
            return rejected("the master is overloaded");
        }
        return answer;
    }

    private static CompletionStage<Explained> rejected(String text) {
        return CompletableFuture.failedStage(new RejectedExecutionException(text));
    }

    /** The writer's. */
    public void answer(MasterEffect.Explain effect) {
        take(effect.request()).ifPresent(waiter -> waiter.complete(effect.answer()));
    }

    private synchronized Optional<CompletableFuture<Explained>> take(RequestId request) {
        return Optional.ofNullable(waiting.remove(request));
    }

    /** Nobody is answered any more. */
    public void close() {
        List<CompletableFuture<Explained>> turnedAway;
        synchronized (this) {
            closed = true;
            turnedAway = List.copyOf(waiting.values());
            waiting.clear();
        }
        turnedAway.forEach(waiter -> waiter.completeExceptionally(new RejectedExecutionException("the term is over")));
    }
}
