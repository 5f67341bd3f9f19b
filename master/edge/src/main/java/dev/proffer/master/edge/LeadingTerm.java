package dev.proffer.master.edge;

import dev.proffer.master.core.Leadership;
import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.edge.agentlink.LinkInbox;
import dev.proffer.master.edge.agentlink.TermLinks;
import dev.proffer.master.edge.agentlink.TermWitness;
import dev.proffer.master.edge.http.scheduler.CallInbox;
import dev.proffer.master.edge.http.scheduler.CallWitness;
import dev.proffer.master.edge.http.scheduler.TermStreams;
import dev.proffer.master.edge.registry.RegistryOutlet;
import dev.proffer.master.edge.writer.ExplainDesk;
import dev.proffer.master.edge.writer.MasterWriter;
import dev.proffer.master.edge.writer.StateMachine;
import dev.proffer.master.edge.writer.WriterOwner;
import dev.proffer.master.edge.writer.WriterSettings;
import dev.proffer.model.Moment;
import dev.proffer.protocol.link.Leading;
import dev.proffer.protocol.link.TermHolder;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** All that lives as long as one term: the state, its writer, and the streams and links that it speaks over. */
final class LeadingTerm {
    private static final int MOST_QUESTIONS = 8;

    private final Leadership leadership;
    private final MasterWriter<MasterSnapshot> writer;
    private final TermStreams streams;
    private final TermLinks links;
    private final RegistryOutlet registry;
    private final ExplainDesk explanations;

    /**
     * @param registry where agents are kept; closed when the term ends
     * @param mayAct whether this master may act in its term at that moment
     * @param witness of terms that agents have obeyed
     * @param failed told why the term cannot go on, on the writer's thread
     */
    LeadingTerm(
            Leadership leadership,
            StateMachine<MasterSnapshot> core,
            WriterSettings settings,
            Supplier<Moment> time,
            RegistryOutlet registry,
            Predicate<Moment> mayAct,
            CallWitness calls,
            TermWitness witness,
            Consumer<String> failed) {
        this.leadership = leadership;
        this.registry = registry;
        this.writer = new MasterWriter<>(core, settings, time, new Owner(mayAct, failed));
        this.explanations = new ExplainDesk(MOST_QUESTIONS, writer::offer);
        this.streams = new TermStreams(new Calls(), calls, time);
        this.links = new TermLinks(leading(leadership), new Links(), witness);
    }

    private static Leading leading(Leadership leadership) {
        return Leading.newBuilder()
                .setLeader(TermHolder.newBuilder().setTerm(leadership.term()).setHolder(leadership.holder()))
                .setClusterUid(leadership.clusterUid())
                .build();
    }

    void start() {
        writer.start();
    }

    /**
     * Ends the term in order: agents are told that it is over, streams end. Completes when agents have been told; any
     * thread. A writer that hangs may act yet, so then they are not told.
     */
    CompletableFuture<Void> end() {
        registry.close();
        writer.close();
        streams.end();
        explanations.close();
        return writer.hasEnded() ? links.end() : links.hangUp();
    }

    long term() {
        return leadership.term();
    }

    MasterWriter<MasterSnapshot> writer() {
        return writer;
    }

    RegistryOutlet registry() {
        return registry;
    }

    TermStreams streams() {
        return streams;
    }

    /** Where people ask why a framework gets no offers. */
    ExplainDesk explanations() {
        return explanations;
    }

    TermLinks links() {
        return links;
    }

    private final class Owner implements WriterOwner {
        private final Predicate<Moment> mayAct;
        private final Consumer<String> failed;

        Owner(Predicate<Moment> mayAct, Consumer<String> failed) {
            this.mayAct = mayAct;
            this.failed = failed;
        }

        @Override
        public boolean mayAct(Moment now) {
            return mayAct.test(now);
        }

        @Override
        public void carryOut(MasterEffect effect) {
            switch (effect) {
                case MasterEffect.Respond response -> streams.respond(response);
                case MasterEffect.Explain explained -> explanations.answer(explained);
                case MasterEffect.StreamOpened opened -> streams.open(opened);
                case MasterEffect.SendEvent(var stream, var event) -> streams.send(stream, event);
                case MasterEffect.CloseStream(var stream) -> streams.close(stream);
                case MasterEffect.SendToAgent(var link, var frame) -> links.send(link, frame);
                case MasterEffect.CloseLink(var link, var reason) -> links.close(link, reason);
                case MasterEffect.Resign(var reason) -> failed.accept(reason);
                case MasterEffect.RegistryEffect word -> registry.accept(word);
            }
        }

        @Override
        public void broken(Throwable defect) {
            failed.accept("the state is broken: " + defect);
        }
    }

    private final class Calls implements CallInbox {
        @Override
        public boolean offer(MasterInput call) {
            return writer.offer(call);
        }

        @Override
        public void put(MasterInput.StreamClosed end) {
            writer.put(end);
        }
    }

    private final class Links implements LinkInbox {
        @Override
        public boolean offer(MasterInput input) {
            return writer.offer(input);
        }

        @Override
        public void put(MasterInput.LinkClosed end) {
            writer.put(end);
        }

        @Override
        public void whenRoom(Runnable then) {
            writer.whenRoom(then);
        }
    }
}
