package dev.proffer.master.core.agents;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.Leadership;
import dev.proffer.master.core.MasterConfig;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.maintenance.Wishes;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.outbox.WireIds;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Registered;
import dev.proffer.protocol.resources.InvalidResourceException;
import java.util.List;
import java.util.Optional;

/** Lets agents in once they have told all: new ones, those that were disconnected, and those given up as unreachable. */
final class Registrations {
    private final Leadership leadership;
    private final MasterConfig config;
    private final Cluster cluster;
    private final Books books;
    private final TaskReturns taskReturns;
    private final Departures departures;
    private final Wishes wishes;
    private final Labelling labelling;
    private final Liveness liveness;
    private final Outbox outbox;

    Registrations(
            Leadership leadership,
            MasterConfig config,
            Desk desk,
            TaskReturns taskReturns,
            Departures departures,
            Wishes wishes,
            Labelling labelling,
            Liveness liveness) {
        this.leadership = leadership;
        this.config = config;
        this.cluster = desk.cluster();
        this.books = desk.books();
        this.taskReturns = taskReturns;
        this.departures = departures;
        this.wishes = wishes;
        this.labelling = labelling;
        this.liveness = liveness;
        this.outbox = desk.outbox();
    }

    /** @param permanent whether it must not come back under its id */
    record Rejection(String reason, boolean permanent) {}

    /** Why the agent may not go on, or nothing if it may. */
    Optional<Rejection> judge(Session session) {
        return judgeClaim(session).or(() -> judgeDomain(session));
    }

    /** As in Mesos: of an agent that says where it stands, a master that does not would not know whether it is near. */
    private Optional<Rejection> judgeDomain(Session session) {
        return Optional.of(session.hello().getInfo())
                .filter(info ->
                        info.hasDomain() && !leadership.info().getDomain().hasFaultDomain())
                .map(info -> new Rejection(
                        "the agent on '" + info.getHostname()
                                + "' has a fault domain, but the master has none; set region and zone of the master,"
                                + " or of no agent",
                        /* permanent= */ false));
    }

    /** An id stays on its machine. */
    private Optional<Rejection> judgeClaim(Session session) {
        var hostname = session.hello().getInfo().getHostname();
        return session.claimedId()
                .flatMap(id -> home(id).filter(home -> !home.equals(hostname))
                        .map(home -> new Rejection(
                                "agent " + id + " is '" + home + "', but this one goes by '" + hostname
                                        + "'; remove its state to let the machine in as a new agent",
                                /* permanent= */ false)));
    }

    /** Why the agent is not let in, or nothing if it was. */
    Optional<Rejection> register(Moment now, Session session) {
        var id = session.claimedId().orElseGet(cluster.agents()::nextId);
        if (cluster.agents().absent().isGone(id)) {
            return Optional.of(new Rejection(
                    "agent " + id + " is gone for good; remove its state to let the machine in as a new agent",
                    /* permanent= */ true));
        }
        return enter(now, id, session).map(problem -> new Rejection(problem, /* permanent= */ false));
    }

    /** The hostname that goes with the id: whose it is, as far as agents' identities are proved. */
    private Optional<String> home(AgentId id) {
        return cluster.agents()
                .find(id)
                .map(Agent::hostname)
                .or(() -> cluster.agents().absent().find(id).map(RegisteredAgent::hostname));
    }

    private Optional<String> enter(Moment now, AgentId id, Session session) {
        Agent.Profile profile;
        try {
            profile = AgentProfiles.read(session.hello(), id, session.remoteAddress());
        } catch (InvalidResourceException e) {
            return Optional.ofNullable(e.getMessage());
        }
        return switch (InventoryReader.read(session, id)) {
            case InventoryReader.Result.Refused(var problem) -> Optional.of(problem);
            case InventoryReader.Result.Read inventory -> {
                var known = cluster.agents().find(id);
                if (known.isPresent()) {
                    readmit(now, known.get(), session, profile, inventory);
                } else {
                    admit(now, id, session, profile, inventory);
                }
                yield Optional.empty();
            }
        };
    }

    /** New to this master: whatever runs there is news to frameworks. */
    private void admit(
            Moment now, AgentId id, Session session, Agent.Profile profile, InventoryReader.Result.Read inventory) {
        if (session.claimedId().isEmpty()) {
            removePredecessor(now, profile);
        }
        boolean returning = cluster.agents().absent().find(id).isPresent();
        var agent = cluster.agents().add(id, profile, now.wall());
        labelling.describe(now, agent);
        welcome(now, agent, session);
        taskReturns.recoverFrameworks(now, inventory.frameworks());
        taskReturns.takeIn(now, agent, inventory);
        agent.forgetUnusedReservations();
        books.added(now, agent);
        wishes.review(now, agent);
        taskReturns.repeatWishes(agent, inventory.frameworks());
        cluster.counters().count(returning ? Counter.AGENTS_REREGISTERED : Counter.AGENTS_REGISTERED);
    }

    /** Known and never given up: frameworks notice nothing, unless master and agent disagree. */
    private void readmit(
            Moment now, Agent agent, Session session, Agent.Profile profile, InventoryReader.Result.Read inventory) {
        departures.hangUp(now, agent);
        agent.reregister(profile, now.wall());
        labelling.describe(now, agent);
        welcome(now, agent, session);
        taskReturns.recoverFrameworks(now, inventory.frameworks());
        taskReturns.reconcile(agent, inventory.tasks());
        boolean news = taskReturns.takeInNews(agent, inventory);
        agent.forgetUnusedReservations();
        if (news) {
            books.removed(now, agent);
            books.added(now, agent);
        } else {
            books.changed(now, agent);
        }
        wishes.review(now, agent);
        taskReturns.repeatWishes(agent, inventory.frameworks());
        cluster.counters().count(Counter.AGENTS_REREGISTERED);
    }

    private void welcome(Moment now, Agent agent, Session session) {
        cluster.agents().connect(agent, session.link());
        liveness.watch(now, agent);
        outbox.send(
                agent,
                MasterFrame.newBuilder()
                        .setRegistered(Registered.newBuilder()
                                .setAgentId(WireIds.of(agent.id()))
                                .setPingIntervalSeconds(
                                        config.agentPingInterval().toNanos() / 1e9)
                                .setPingTimeoutSeconds(config.agentTimeout().toNanos() / 1e9)));
    }

    /** As in Mesos: an agent that comes anew from the address of a disconnected one has lost that one's tasks. */
    private void removePredecessor(Moment now, Agent.Profile profile) {
        if (!profile.info().hasPort()) {
            return;
        }
        var replaced = List.copyOf(cluster.agents().all()).stream()
                .filter(agent -> agent.link().isEmpty()
                        && agent.profile().info().getPort() == profile.info().getPort()
                        && agent.profile()
                                .info()
                                .getHostname()
                                .equals(profile.info().getHostname()))
                .toList();
        replaced.forEach(agent -> departures.gone(now, agent, "A new agent took the place of the task's agent"));
        departures.forgetAbsent(profile.info());
    }
}
