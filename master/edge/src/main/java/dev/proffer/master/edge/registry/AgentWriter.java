package dev.proffer.master.edge.registry;

import dev.proffer.crds.agent.Agent;
import dev.proffer.master.core.MasterEffect.ForgetAgent;
import dev.proffer.master.core.MasterEffect.RegistryEffect;
import dev.proffer.master.core.MasterEffect.StoreAgent;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.model.AgentId;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Has Agent objects say what the master wants, by as few requests as that takes. Confined to one thread. */
final class AgentWriter {
    /** How often a write is tried over at once that found the object changed. */
    private static final int CONFLICTS = 5;

    private final AgentApi api;
    private final AgentDirectory directory;
    private final Pace pace;
    private final NodeNews nodes;
    private final long term;
    private final Supplier<Instant> now;

    AgentWriter(AgentApi api, AgentDirectory directory, Pace pace, NodeNews nodes, long term, Supplier<Instant> now) {
        this.api = api;
        this.directory = directory;
        this.pace = pace;
        this.nodes = nodes;
        this.term = term;
        this.now = now;
    }

    /**
     * Blocks until it is done.
     *
     * @throws KubernetesClientException if it could not be written
     */
    void write(RegistryEffect word) throws InterruptedException {
        for (int conflicts = 0; ; conflicts++) {
            try {
                switch (word) {
                    case StoreAgent(var agent) -> store(agent);
                    case ForgetAgent(var id) -> forget(id);
                }
                return;
            } catch (KubernetesClientException problem) {
                if (conflicts == CONFLICTS || !isConflict(problem)) {
                    throw problem;
                }
                lookAgain(word);
            }
        }
    }

    private static boolean isConflict(KubernetesClientException problem) {
        return problem.getCode() == HttpURLConnection.HTTP_CONFLICT
                || problem.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }

    /** Somebody else changed, made or deleted the object. */
    private void lookAgain(RegistryEffect word) throws InterruptedException {
        var name = directory
                .leftBehind(word.id())
                .map(object -> object.getMetadata().getName())
                .or(() ->
                        word instanceof StoreAgent(var agent) ? Optional.of(ObjectNames.of(agent)) : Optional.empty());
        if (name.isPresent()) {
            pace.await();
            api.get(name.get()).ifPresentOrElse(directory::saw, () -> directory.lost(name.get()));
        }
    }

    private void store(RegisteredAgent agent) throws InterruptedException {
        var object = objectFor(agent);
        var status = AgentStatuses.of(agent, object, term, now.get());
        if (!status.equals(object.getStatus())) {
            pace.await();
            directory.saw(api.updateStatus(object, status));
        }
    }

    /** An agent's object has the name of its machine, unless another agent's has it. */
    private Agent objectFor(RegisteredAgent agent) throws InterruptedException {
        var own = directory.find(agent.id());
        if (own.isPresent()) {
            return own.get();
        }
        var preferred = directory.named(ObjectNames.of(agent));
        if (preferred.isEmpty()) {
            return create(ObjectNames.of(agent), agent);
        }
        if (directory.isFree(preferred.get())) {
            return preferred.get();
        }
        var second = directory.named(ObjectNames.distinct(agent));
        return second.isPresent() ? second.get() : create(ObjectNames.distinct(agent), agent);
    }

    private Agent create(String name, RegisteredAgent agent) throws InterruptedException {
        pace.await();
        var annotations = new TreeMap<String, String>();
        if (agent.info().hasPort()) {
            annotations.put(AgentObjects.PORT, Integer.toString(agent.info().getPort()));
        }
        nodes.uid(agent.hostname()).ifPresent(uid -> annotations.put(AgentObjects.NODE, uid));
        var object = api.create(name, annotations);
        directory.saw(object);
        return object;
    }

    /** An object that another agent of the machine has taken over stays, and with it what people wrote there. */
    private void forget(AgentId id) throws InterruptedException {
        var object = directory.leftBehind(id);
        if (object.isPresent()) {
            pace.await();
            api.delete(object.get());
            directory.lost(object.get().getMetadata().getName());
        }
        directory.settle(id);
    }
}
