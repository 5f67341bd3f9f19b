package dev.proffer.master.edge.agentlink;

import dev.proffer.master.core.LinkId;
import dev.proffer.master.edge.sandboxes.FileReads;
import dev.proffer.model.AgentId;
import dev.proffer.protocol.link.Leading;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.ReadFile;
import dev.proffer.protocol.link.TermOver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** The links of one term. Any thread. */
public final class TermLinks {
    private static final String OVER = "the term is over";
    private static final Duration PATIENCE_WITH_FILES = Duration.ofSeconds(10);

    private final Leading leading;
    private final LinkInbox inbox;
    private final TermWitness witness;
    private final ConcurrentMap<LinkId, AgentLink> links = new ConcurrentHashMap<>();
    private final ConcurrentMap<AgentId, LinkId> agents = new ConcurrentHashMap<>();
    private final FileReads files;
    private final LongAdder framesSent = new LongAdder();
    private volatile boolean over;

    public TermLinks(Leading leading, LinkInbox inbox, TermWitness witness) {
        this.leading = leading;
        this.inbox = inbox;
        this.witness = witness;
        this.files = new FileReads(new Asking(), PATIENCE_WITH_FILES);
    }

    /** Sends a frame, in order. If the link is gone nothing happens: the inbox has been told. */
    public void send(LinkId id, MasterFrame frame) {
        var link = links.get(id);
        if (link != null) {
            if (frame.hasRegistered()) {
                var agent = new AgentId(frame.getRegistered().getAgentId().getValue());
                link.registeredAs(agent);
                agents.put(agent, id);
            }
            framesSent.increment();
            link.send(frame);
        }
    }

    /** What people read of sandboxes. */
    public FileReads files() {
        return files;
    }

    /** Hangs up after what was sent before. */
    public void close(LinkId id, String reason) {
        var link = links.get(id);
        if (link != null) {
            link.hangUp(reason);
        }
    }

    /** Tells the agents that the term is over and hangs up; completes when they are gone, within a few seconds. */
    public CompletableFuture<Void> end() {
        over = true;
        for (var link : links.values()) {
            link.send(MasterFrame.newBuilder()
                    .setTerm(term())
                    .setSession(link.id().value())
                    .setTermOver(TermOver.getDefaultInstance())
                    .build());
        }
        return hangUp();
    }

    /** Hangs up without a word; completes when the agents are gone, within a few seconds. */
    public CompletableFuture<Void> hangUp() {
        over = true;
        return CompletableFuture.allOf(
                links.values().stream().map(TermLinks::hungUp).toArray(CompletableFuture[]::new));
    }

    private static CompletableFuture<Void> hungUp(AgentLink link) {
        var closing = new CompletableFuture<Void>();
        link.whenClosed(() -> closing.complete(null));
        link.hangUp(OVER);
        return closing;
    }

    /** Agents that have said Hello and not hung up since. */
    public int count() {
        return links.size();
    }

    public long framesSent() {
        return framesSent.sum();
    }

    long term() {
        return leading.getLeader().getTerm();
    }

    /** Whose term this is, and in which cluster. */
    Leading leading() {
        return leading;
    }

    LinkInbox inbox() {
        return inbox;
    }

    TermWitness witness() {
        return witness;
    }

    void opened(AgentLink link) {
        links.put(link.id(), link);
        if (over) {
            link.hangUp(OVER);
        }
    }

    void closed(AgentLink link) {
        links.remove(link.id());
        link.agent().ifPresent(agent -> agents.remove(agent, link.id()));
        files.closed(link.id());
    }

    /** Files are asked for past the core, since nothing that it decides depends on them. */
    private final class Asking implements FileReads.Agents {
        @Override
        public Optional<LinkId> linkOf(AgentId agent) {
            return Optional.ofNullable(agents.get(agent)).filter(links::containsKey);
        }

        @Override
        public void ask(LinkId link, ReadFile request) {
            send(
                    link,
                    MasterFrame.newBuilder()
                            .setTerm(term())
                            .setSession(link.value())
                            .setReadFile(request)
                            .build());
        }
    }
}
