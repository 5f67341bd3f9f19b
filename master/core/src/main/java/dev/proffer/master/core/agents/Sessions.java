package dev.proffer.master.core.agents;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.Leadership;
import dev.proffer.master.core.LinkId;
import dev.proffer.master.core.MasterConfig;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.authority.Authority;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.maintenance.Wishes;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.tasks.Kills;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Refused;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.link.Welcome;
import java.util.LinkedHashMap;

/**
 * The links of agents until they are registered: Hello, Welcome, inventory, Registered; and the end of any link.
 *
 * <pre>
 *   Hello ──▶ welcomed ──── last part ────▶ registered
 *                │ wrong part, time is up       │
 *                ▼                              ▼ link closed, newer link
 *             hung up                      disconnected
 * </pre>
 */
public final class Sessions {
    private final LinkedHashMap<LinkId, Session> welcomed = new LinkedHashMap<>();
    private final Leadership leadership;
    private final MasterConfig config;
    private final Cluster cluster;
    private final Registrations registrations;
    private final Departures departures;
    private final Authority authority;
    private final Timers<Timer> timers;
    private final Outbox outbox;

    public Sessions(
            Leadership leadership,
            MasterConfig config,
            Desk desk,
            Kills kills,
            Departures departures,
            Wishes wishes,
            Labelling labelling,
            Liveness liveness) {
        this.leadership = leadership;
        this.config = config;
        this.cluster = desk.cluster();
        this.registrations = new Registrations(
                leadership, config, desk, new TaskReturns(desk, kills), departures, wishes, labelling, liveness);
        this.departures = departures;
        this.authority = desk.authority();
        this.timers = desk.timers();
        this.outbox = desk.outbox();
    }

    /** An agent has one link: a newer one replaces what it had. */
    public void hello(Moment now, MasterInput.AgentHello input) {
        long freeAt = authority.freeAt(now, input.hello());
        var session = new Session(input.link(), input.hello(), input.remoteAddress(), now.nanos(), freeAt);
        var rejection = registrations.judge(session);
        if (rejection.isPresent()) {
            refuse(input.link(), rejection.get());
            return;
        }
        if (input.hello().hasAccepted()) {
            session.claimedId()
                    .ifPresent(id -> authority.departed(id, input.hello().getAccepted()));
        }
        session.claimedId().flatMap(cluster.agents()::find).ifPresent(agent -> departures.hangUp(now, agent));
        welcomed.put(input.link(), session);
        timers.set(new Timer.HandshakeTimeout(input.link()), now.deadline(config.agentTimeout()));
        outbox.send(
                input.link(),
                MasterFrame.newBuilder()
                        .setWelcome(Welcome.newBuilder()
                                .setLeader(TermHolder.newBuilder()
                                        .setTerm(leadership.term())
                                        .setHolder(leadership.holder()))
                                .setSession(input.link().value())
                                .setClusterUid(leadership.clusterUid())));
    }

    /** Parts of a link that was not welcomed, or is registered already, are dropped. */
    public void inventory(Moment now, MasterInput.AgentInventory input) {
        var session = welcomed.get(input.link());
        if (session == null) {
            return;
        }
        var problem = session.add(input.part(), config.maxInventoryTasks());
        if (problem.isEmpty() && !input.part().getLast()) {
            return;
        }
        forget(input.link());
        session.claimedId().ifPresent(id -> authority.accepted(id, session.freeAt(), session.welcomedAt()));
        var rejection = problem.map(Sessions::curable).or(() -> registrations.register(now, session));
        rejection.ifPresent(reason -> refuse(input.link(), reason));
    }

    private static Registrations.Rejection curable(String problem) {
        return new Registrations.Rejection(problem, /* permanent= */ false);
    }

    private void refuse(LinkId link, Registrations.Rejection rejection) {
        outbox.send(
                link,
                MasterFrame.newBuilder()
                        .setRefused(Refused.newBuilder()
                                .setReason(rejection.reason())
                                .setPermanent(rejection.permanent())));
        outbox.closeLink(link, rejection.reason());
    }

    /** The timer's work. */
    public void handshakeTimedOut(LinkId link) {
        forget(link);
        refuse(link, curable("the inventory did not arrive in time"));
    }

    public void linkClosed(Moment now, LinkId link) {
        forget(link);
        cluster.agents().find(link).ifPresent(agent -> departures.disconnect(now, agent));
    }

    private void forget(LinkId link) {
        welcomed.remove(link);
        timers.cancel(new Timer.HandshakeTimeout(link));
    }
}
