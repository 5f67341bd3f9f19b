package dev.proffer.master.edge.sandboxes;

import dev.proffer.master.core.LinkId;
import dev.proffer.model.AgentId;
import dev.proffer.protocol.link.FileContent;
import dev.proffer.protocol.link.ReadFile;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What people read of sandboxes, over the links of one term: a few reads at a time, of each agent fewer, so that neither
 * master nor agents keep more than some megabytes for them. Any thread.
 */
public final class FileReads {
    /** Bytes of one read. */
    public static final int MOST_BYTES = 1 << 16;

    private static final int MOST_AT_ONCE = 64;
    private static final int MOST_OF_AN_AGENT = 4;

    private final Agents agents;
    private final Duration patience;
    private final AtomicLong lastRequest = new AtomicLong();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();

    /** Where agents are asked. Any thread. */
    public interface Agents {
        /** The link of an agent that is registered over it. */
        Optional<LinkId> linkOf(AgentId agent);

        /** Asks, in the link's session; nothing happens if it is gone. */
        void ask(LinkId link, ReadFile request);
    }

    /** @param patience with an agent */
    public FileReads(Agents agents, Duration patience) {
        this.agents = agents;
        this.patience = patience;
    }

    /** Somebody waits for that link's answer. */
    private record Waiting(LinkId link, CompletableFuture<FileRead> answer) {}

    /**
     * Asks the agent. The answer may come on a thread that must not be held up.
     *
     * @param request but for its number
     */
    public CompletionStage<FileRead> read(AgentId agent, ReadFile.Builder request) {
        var link = agents.linkOf(agent);
        if (link.isEmpty()) {
            return CompletableFuture.completedStage(new FileRead.Away());
        }
        if (underWay.incrementAndGet() > MOST_AT_ONCE || ofLink(link.get()) >= MOST_OF_AN_AGENT) {
            underWay.decrementAndGet();
            return CompletableFuture.completedStage(new FileRead.Busy());
        }
        long number = lastRequest.incrementAndGet();
        var answer = new CompletableFuture<FileRead>();
        waiting.put(number, new Waiting(link.get(), answer));
        agents.ask(link.get(), request.setRequest(number).build());
        if (agents.linkOf(agent).filter(link.get()::equals).isEmpty()) {
            answer.complete(new FileRead.Away());
        }
        return answer.completeOnTimeout(new FileRead.Late(), patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> {
                    waiting.remove(number);
                    underWay.decrementAndGet();
                });
    }

    private long ofLink(LinkId link) {
        return waiting.values().stream().filter(one -> one.link().equals(link)).count();
    }

    /** What an agent was not asked for, or has been given up, is dropped. */
    public void answered(LinkId link, FileContent content) {
        Optional.ofNullable(waiting.get(content.getRequest()))
                .filter(one -> one.link().equals(link))
                .ifPresent(one -> one.answer().complete(read(content)));
    }

    /** Nothing comes from there any more. */
    public void closed(LinkId link) {
        waiting.values().stream()
                .filter(one -> one.link().equals(link))
                .forEach(one -> one.answer().complete(new FileRead.Away()));
    }

    private static FileRead read(FileContent content) {
        return switch (content.getOutcome()) {
            case READ -> new FileRead.Content(content.getData(), content.getSize());
            case NOT_FOUND -> new FileRead.NotFound(content.getProblem());
            case REFUSED -> new FileRead.Refused(content.getProblem());
            case BUSY -> new FileRead.Busy();
            case FAILED, UNKNOWN -> new FileRead.Failed(content.getProblem());
        };
    }
}
