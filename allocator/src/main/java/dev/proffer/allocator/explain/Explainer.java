package dev.proffer.allocator.explain;

import dev.proffer.allocator.books.Agent;
import dev.proffer.allocator.books.Cluster;
import dev.proffer.allocator.books.Framework;
import dev.proffer.allocator.books.Slot;
import dev.proffer.allocator.run.AllocationRun;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.RolePath;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Explains by doing: rehearses the next full pass, listens to what it says of one slot, and takes it back. */
public final class Explainer {
    private final Cluster cluster;
    private final AllocationRun run;

    public Explainer(Cluster cluster, AllocationRun run) {
        this.cluster = cluster;
        this.run = run;
    }

    /**
     * Why the framework would not be offered the agent, or any agent, if a full pass began now.
     *
     * @param recovering whether allocation waits for agents to come back
     * @throws IllegalArgumentException if the framework or the agent is not known
     */
    public Explanation explain(
            Moment now, FrameworkId framework, RolePath role, Optional<AgentId> agent, boolean recovering) {
        var known = cluster.require(framework);
        var agents = agent.isPresent() ? List.of(cluster.require(agent.get())) : cluster.agents();
        var reasons = new TreeMap<AgentId, List<Reason>>();
        var general = generalReason(known, role, recovering);
        if (general.isPresent()) {
            agents.forEach(each -> reasons.put(each.id(), List.of(general.get())));
            return new Explanation(framework, role, reasons);
        }
        var slot = Objects.requireNonNull(known.slot(role));
        var testimony = new Testimony(cluster, slot, now);
        run.rehearse(now, testimony);
        for (var each : agents) {
            reasons.put(each.id(), reasonsOf(each, testimony));
        }
        return new Explanation(framework, role, reasons);
    }

    private static Optional<Reason> generalReason(Framework framework, RolePath role, boolean recovering) {
        @Nullable Slot slot = framework.slot(role);
        if (slot == null || !slot.isSubscribed()) {
            return Optional.of(new Reason.NotSubscribed());
        }
        if (!framework.isActive()) {
            return Optional.of(new Reason.FrameworkInactive());
        }
        if (slot.isSuppressed()) {
            return Optional.of(new Reason.Suppressed());
        }
        return recovering ? Optional.of(new Reason.Recovering()) : Optional.empty();
    }

    private List<Reason> reasonsOf(Agent agent, Testimony testimony) {
        if (!agent.isActive()) {
            return List.of(new Reason.AgentInactive());
        }
        if (!agent.isListed()) {
            return List.of(new Reason.AgentNotWhitelisted());
        }
        if (agent.free().isEmpty()) {
            return List.of(new Reason.NothingFree());
        }
        if (!run.isWorthIt(agent)) {
            return List.of(new Reason.BelowMinimum(agent.free().resources()));
        }
        return testimony.about(agent);
    }
}
