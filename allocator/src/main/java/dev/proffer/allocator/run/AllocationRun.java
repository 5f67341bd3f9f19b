package dev.proffer.allocator.run;

import dev.proffer.allocator.Allocation;
import dev.proffer.allocator.books.Agent;
import dev.proffer.allocator.books.Cluster;
import dev.proffer.allocator.books.Ledger;
import dev.proffer.allocator.stages.FairShareStage;
import dev.proffer.allocator.stages.GuaranteeStage;
import dev.proffer.allocator.stages.Stage;
import dev.proffer.model.Moment;
import java.util.ArrayList;
import java.util.List;

/**
 * One run over the candidates:
 * <ol>
 *   <li>drop filters that have ended;
 *   <li>choose the agents that have something to give, and arrange them;
 *   <li>first stage: guarantees;
 *   <li>second stage: fair shares;
 *   <li>ask for agents back that go into maintenance.
 * </ol>
 */
public final class AllocationRun {
    private final Cluster cluster;
    private final Ledger ledger;
    private final Chance chance;
    private final Visits visits;
    private final GuaranteeStage guarantees;
    private final FairShareStage fairShares;
    private long runs;

    public AllocationRun(Cluster cluster, Ledger ledger, Chance chance) {
        this.cluster = cluster;
        this.ledger = ledger;
        this.chance = chance;
        this.visits = new Visits(cluster, chance);
        this.guarantees = new GuaranteeStage(cluster, chance);
        this.fairShares = new FairShareStage(cluster, chance);
    }

    /** How many runs there were. */
    public long runs() {
        return runs;
    }

    /** Drops the filters that have ended, also on agents that have nothing to give. */
    public void sweepFilters(Moment now) {
        for (int i = 0; i < cluster.agentPlaces(); i++) {
            var agent = cluster.agent(i);
            if (agent != null) {
                agent.filters().sweep(now.nanos(), cluster.passes());
            }
        }
    }

    public List<Allocation> overCandidates(Moment now, Candidates candidates) {
        var allocations = new ArrayList<Allocation>();
        var grants = new Grants(ledger, runs++);
        offer(now, candidates, grants, Witness.NONE);
        grants.addOffersTo(allocations);
        InverseOffers.addTo(allocations, now, cluster, candidates);
        return allocations;
    }

    /** Does what a full pass would do now, tells {@code witness}, and takes everything back. */
    public void rehearse(Moment now, Witness witness) {
        long saved = chance.save();
        var passes = cluster.passes();
        cluster.setPasses(passes.beginning());
        var agents = new ArrayList<Agent>();
        cluster.agents().forEach(agents::add);
        agents.forEach(agent -> agent.beginRehearsal(now.nanos()));
        var all = new Candidates(
                cluster.config().timing().allocationInterval(),
                cluster.config().timing().eventDelay());
        all.markAll(now);
        var grants = new Grants(ledger, runs);
        offer(now, all, grants, witness);
        witness.finished();
        grants.takeBack();
        agents.forEach(Agent::endRehearsal);
        cluster.setPasses(passes);
        chance.restore(saved);
    }

    private void offer(Moment now, Candidates candidates, Grants grants, Witness witness) {
        var walk = new Walk(cluster, grants, witness);
        var agents = chooseAgents(now, candidates);
        if (guarantees.isOpen()) {
            visits.arrange(agents);
            visit(agents, guarantees, walk);
        }
        grants.endFirstStage();
        fairShares.begin();
        visits.arrange(agents);
        visit(agents, fairShares, walk);
    }

    private List<Agent> chooseAgents(Moment now, Candidates candidates) {
        var chosen = new ArrayList<Agent>();
        var withFree = cluster.agentsWithFree();
        for (int i = withFree.nextSetBit(0); i >= 0; i = withFree.nextSetBit(i + 1)) {
            var agent = cluster.agent(i);
            if (agent != null
                    && agent.isActive()
                    && agent.isListed()
                    && candidates.contains(agent)
                    && isWorthIt(agent)) {
                agent.filters().sweep(now.nanos(), cluster.passes());
                agent.filters().look(agent.free().resources());
                chosen.add(agent);
            }
        }
        return chosen;
    }

    /** What is too small for everybody need not be shown to anybody. */
    public boolean isWorthIt(Agent agent) {
        return cluster.hasOwnMinimums()
                || cluster.minAllocatable().admits(agent.free().counted());
    }

    private static void visit(List<Agent> agents, Stage stage, Walk walk) {
        for (var agent : agents) {
            if (!stage.isOpen()) {
                return;
            }
            var free = agent.free();
            if (!free.isEmpty() && !stage.isHopeless(free) && !walk.over(agent, stage)) {
                stage.giveUp(free);
            }
        }
    }
}
