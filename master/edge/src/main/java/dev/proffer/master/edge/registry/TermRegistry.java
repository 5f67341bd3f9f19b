package dev.proffer.master.edge.registry;

import dev.proffer.crds.agent.Agent;
import dev.proffer.master.core.MasterEffect.ForgetAgent;
import dev.proffer.master.core.MasterEffect.RegistryEffect;
import dev.proffer.master.core.MasterEffect.StoreAgent;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.model.Moment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry of agents during one term. A thread of its own reads it when the term begins, and then writes what the master
 * wants kept, at a bounded rate and for as long as it takes; the master never waits for it. An API server that fails holds
 * up nothing but the writes.
 */
public final class TermRegistry implements RegistryOutlet {
    private static final Logger LOG = LoggerFactory.getLogger(TermRegistry.class);
    private static final int UNPROCESSABLE = 422;

    /** How long first writes wait to learn which machines are Nodes. */
    private static final Duration NODES_PATIENCE = Duration.ofSeconds(5);

    /** A look at what may be tried again, without a reason. */
    private static final Duration IDLE = Duration.ofMillis(250);

    /** So that who takes a forgotten one's place has its object by then. */
    private static final Duration FORGET_DELAY = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final long term;
    private final Supplier<Moment> time;
    private final AgentApi api;
    private final AgentDirectory directory = new AgentDirectory();
    private final RegistryQueue queue = new RegistryQueue();
    private final NodeNews nodeNews = new NodeNews(queue);
    private final AgentNews agentNews;
    private final AgentWriter writer;
    private final Retries retries;

    public TermRegistry(KubernetesClient client, RegistrySettings settings, long term, Supplier<Moment> time) {
        this.client = client;
        this.term = term;
        this.time = time;
        this.api = new AgentApi(client, settings.namespace());
        this.agentNews = new AgentNews(directory, queue, time);
        this.writer = new AgentWriter(
                api,
                directory,
                new Pace(time, settings.writesPerSecond()),
                nodeNews,
                term,
                () -> time.get().wall());
        this.retries = new Retries(settings.leastRetry(), settings.mostRetry());
    }

    /**
     * Begins to read, and then to write and to watch.
     *
     * @param ready is told what was read, once, on this registry's thread
     * @param inbox hears of nothing before {@code ready} has returned
     */
    public void begin(Consumer<List<RegisteredAgent>> ready, RegistryInbox inbox) {
        Thread.ofVirtual().name("registry-of-term-" + term).start(() -> run(ready, inbox));
    }

    @Override
    public void accept(RegistryEffect word) {
        var now = time.get();
        switch (word) {
            case StoreAgent(var agent) -> {
                directory.settle(agent.id());
                agentNews.wants(agent);
                queue.put(word, now.nanos());
            }
            case ForgetAgent(var agent) -> {
                directory.release(agent);
                agentNews.forgets(agent);
                queue.put(word, now.deadline(FORGET_DELAY));
            }
        }
    }

    @Override
    public int backlog() {
        return queue.size();
    }

    @Override
    public void close() {
        queue.close();
    }

    private void run(Consumer<List<RegisteredAgent>> ready, RegistryInbox inbox) {
        try {
            var read = read();
            if (read.isEmpty()) {
                return;
            }
            ready.accept(read.get().stream()
                    .flatMap(object -> AgentObjects.read(object, time.get().wall()).stream())
                    .toList());
            try (var watches = Watches.open(
                    client,
                    api,
                    new Watches.Handler<>(agentNews::present, agentNews::gone),
                    new Watches.Handler<>(nodeNews::present, nodeNews::gone))) {
                awaitNodes(watches, read.get(), inbox);
                work(inbox, watches);
            }
        } catch (InterruptedException stopped) {
            LOG.debug("the registry of term {} was interrupted", term);
        }
    }

    /** Empty if the term is over before there was an answer. */
    private Optional<List<Agent>> read() throws InterruptedException {
        while (!queue.isClosed()) {
            try {
                var objects = api.list();
                objects.forEach(agentNews::read);
                return Optional.of(objects);
            } catch (KubernetesClientException problem) {
                if (queue.isClosed()) {
                    return Optional.empty(); // The client may be closed by now.
                }
                if (problem.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                    LOG.warn("there is no kind Agent: install the CRDs; until then each leader knows only agents that"
                            + " register with it");
                    return Optional.of(List.of());
                }
                LOG.warn("Agent objects cannot be read: {}", problem.getMessage());
                queue.await(retries.afterFailure());
            }
        }
        return Optional.empty();
    }

    private void awaitNodes(Watches watches, List<Agent> read, RegistryInbox inbox) throws InterruptedException {
        long patience = time.get().deadline(NODES_PATIENCE);
        while (!watches.nodesKnown() && !time.get().reached(patience) && !queue.isClosed()) {
            queue.deliver(inbox);
            queue.await(IDLE);
        }
        if (watches.nodesKnown()) {
            read.stream()
                    .filter(AgentObjects::hadNode)
                    .map(object -> AgentObjects.host(object))
                    .filter(host -> nodeNews.uid(host).isEmpty())
                    .forEach(nodeNews::missing);
        }
    }

    private void work(RegistryInbox inbox, Watches watches) throws InterruptedException {
        while (!queue.isClosed()) {
            queue.deliver(inbox);
            watches.look(time.get());
            var next = retries.mayTry(time.get())
                    ? queue.take(time.get().nanos())
                    : Optional.<RegistryQueue.Waiting>empty();
            if (next.isPresent()) {
                write(next.get());
            } else {
                queue.await(IDLE);
            }
        }
    }

    private void confirm(RegistryEffect word) {
        queue.tell(
                new RegistryQueue.Subject.Word(word.id()),
                switch (word) {
                    case StoreAgent(var agent)
                    when agent.standing() == Standing.GONE -> new MasterInput.AgentMarked(agent.id());
                    case StoreAgent(var agent) -> new MasterInput.AgentStored(agent);
                    case ForgetAgent(var agent) -> new MasterInput.AgentForgotten(agent);
                });
    }

    private void write(RegistryQueue.Waiting waiting) throws InterruptedException {
        try {
            writer.write(waiting.word());
            retries.succeeded();
            confirm(waiting.word());
        } catch (KubernetesClientException problem) {
            if (queue.isClosed()) {
                LOG.debug(
                        "agent={} stays as it is: the term is over",
                        waiting.word().id());
                return;
            }
            LOG.warn(
                    "agent={} cannot be written to its Agent object: {}",
                    waiting.word().id(),
                    problem.getMessage());
            boolean ofThisObject = problem.getCode() == UNPROCESSABLE
                    || problem.getCode() == HttpURLConnection.HTTP_BAD_REQUEST
                    || problem.getCode() == HttpURLConnection.HTTP_CONFLICT;
            var now = time.get();
            if (ofThisObject) {
                queue.putBack(waiting, now.deadline(retries.pause(waiting.failures())));
            } else {
                retries.failed(now);
                queue.putBack(waiting, now.nanos());
            }
        }
    }
}
