package dev.proffer.master.edge.registry;

import dev.proffer.crds.agent.Agent;
import dev.proffer.master.core.MasterEffect.StoreAgent;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Takes note of Agent objects as they are seen: tells the master what people newly wish, and has written again what people
 * deleted. Any thread.
 */
final class AgentNews {
    private final AgentDirectory directory;
    private final RegistryQueue queue;
    private final Supplier<Moment> time;
    private final Map<AgentId, AgentPolicy> told = new HashMap<>();

    /** What the master wants stored of each agent. */
    private final Map<AgentId, RegisteredAgent> wanted = new HashMap<>();

    AgentNews(AgentDirectory directory, RegistryQueue queue, Supplier<Moment> time) {
        this.directory = directory;
        this.queue = queue;
        this.time = time;
    }

    /** Read at the term's beginning: the master hears of it as a whole. */
    synchronized void read(Agent object) {
        directory.saw(object);
        AgentObjects.agent(object).ifPresent(id -> told.put(id, AgentObjects.policy(object.getSpec())));
    }

    synchronized void wants(RegisteredAgent agent) {
        wanted.put(agent.id(), agent);
    }

    synchronized void forgets(AgentId agent) {
        wanted.remove(agent);
        told.remove(agent);
    }

    synchronized void present(Agent object) {
        directory.saw(object);
        AgentObjects.agent(object).ifPresent(id -> {
            var policy = AgentObjects.policy(object.getSpec());
            if (!policy.equals(told.getOrDefault(id, AgentPolicy.NONE))) {
                told.put(id, policy);
                queue.tell(new RegistryQueue.Subject.Policy(id), new MasterInput.AgentPolicyChanged(id, policy));
            } else if (isUnobserved(object)) {
                storeAgain(id);
            }
        });
    }

    /** People changed the spec, but nothing that the master would answer with a new status. */
    private static boolean isUnobserved(Agent object) {
        return !Objects.equals(
                object.getMetadata().getGeneration(), object.getStatus().observedGeneration());
    }

    synchronized void gone(Agent object) {
        directory.lost(object.getMetadata().getName());
        AgentObjects.agent(object).ifPresent(this::storeAgain);
    }

    private void storeAgain(AgentId id) {
        var agent = wanted.get(id);
        if (agent != null) {
            queue.putIfAbsent(new StoreAgent(agent), time.get().nanos());
        }
    }
}
