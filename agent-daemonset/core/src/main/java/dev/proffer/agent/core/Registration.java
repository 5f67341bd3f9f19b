package dev.proffer.agent.core;

import dev.proffer.model.Moment;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.Ping;
import dev.proffer.protocol.link.Pong;
import dev.proffer.protocol.link.Refusal;
import dev.proffer.protocol.link.Registered;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.link.Welcome;
import dev.proffer.protocol.v1.AgentID;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The agent's side of the link, from dialling to registered and back.
 *
 * <pre>
 *   WAITING ──time──▶ DIALLING ──opened: Hello──▶ GREETING ──Welcome: Inventory──▶ REGISTERING ──Registered──▶ REGISTERED
 *      ▲                  │                           │                               │                          │
 *      └──────────────────┴───closed, refused or silent for too long──────────────────┴──────────────────────────┘
 * </pre>
 *
 * A term is persisted before anything is sent under it, and from then on no lower one is obeyed, nor another holder of it.
 */
final class Registration {
    enum Phase {
        WAITING,
        DIALLING,
        GREETING,
        REGISTERING,
        REGISTERED
    }

    /** In the journal: from here on the agent has no id. */
    private static final AgentID NO_ID = AgentID.newBuilder().setValue("").build();

    private static final Duration PING_INTERVAL = Duration.ofSeconds(5);
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORTEST_BACKOFF = Duration.ofMillis(50);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(2);

    private final AgentSettings settings;
    private final RandomGenerator chance;

    private Optional<AgentID> agentId = Optional.empty();
    private Optional<TermHolder> accepted = Optional.empty();
    private Phase phase = Phase.WAITING;
    private long link;
    private String session = "";
    private long term;
    private Duration backoff = SHORTEST_BACKOFF;
    private long nextDial = Long.MIN_VALUE;
    private long silentUntil = Long.MAX_VALUE;
    private long nextPing = Long.MAX_VALUE;
    private long pings;
    private Duration pingInterval = PING_INTERVAL;
    private Duration silence = HANDSHAKE_TIMEOUT;

    Registration(AgentSettings settings, RandomGenerator chance) {
        this.settings = settings;
        this.chance = chance;
    }

    void restore(Optional<AgentID> id, Optional<TermHolder> lastAccepted) {
        agentId = id;
        accepted = lastAccepted;
    }

    Phase phase() {
        return phase;
    }

    boolean isRegistered() {
        return phase == Phase.REGISTERED;
    }

    Optional<AgentID> agentId() {
        return agentId;
    }

    Optional<TermHolder> accepted() {
        return accepted;
    }

    /** Whether {@code candidate} is the link that is in use. */
    boolean isCurrent(long candidate) {
        return phase != Phase.WAITING && candidate == link;
    }

    /** Whether a frame belongs to the session and term that was agreed on over this link. */
    boolean isOfSession(long frameTerm, String frameSession) {
        return switch (phase) {
            case WAITING, DIALLING, GREETING -> false;
            case REGISTERING, REGISTERED -> frameTerm == term && frameSession.equals(session);
        };
    }

    void opened(Moment now, Outbox out) {
        phase = Phase.GREETING;
        silence = HANDSHAKE_TIMEOUT;
        heard(now);
        var info = settings.info().toBuilder();
        agentId.ifPresent(info::setId);
        var hello = Hello.newBuilder()
                .setInfo(info)
                .addAllCapabilities(settings.capabilities())
                .setVersion(settings.version())
                .setBootId(settings.bootId());
        settings.token().ifPresent(hello::setToken);
        accepted.ifPresent(hello::setAccepted);
        out.add(new AgentEffect.Send(
                link, AgentFrame.newBuilder().setHello(hello).build()));
    }

    void closed(Moment now) {
        phase = Phase.WAITING;
        silentUntil = Long.MAX_VALUE;
        nextPing = Long.MAX_VALUE;
        long jitter = chance.nextLong(backoff.toNanos() + 1);
        nextDial = now.deadline(Duration.ofNanos(jitter));
        backoff = backoff.multipliedBy(2).compareTo(LONGEST_BACKOFF) < 0 ? backoff.multipliedBy(2) : LONGEST_BACKOFF;
    }

    /** Judges the leader; true if its term is obeyed from now on, so that the inventory may follow. */
    boolean welcomed(Moment now, Welcome welcome, Outbox out) {
        if (phase != Phase.GREETING) {
            return false;
        }
        var leader = welcome.getLeader();
        if (accepted.isPresent() && forbids(accepted.get(), leader)) {
            out.add(new AgentEffect.Send(
                    link,
                    AgentFrame.newBuilder()
                            .setTerm(leader.getTerm())
                            .setSession(welcome.getSession())
                            .setRefusal(Refusal.newBuilder()
                                    .setAccepted(accepted.get())
                                    .setReason("this agent obeys term "
                                            + accepted.get().getTerm() + " of "
                                            + accepted.get().getHolder()))
                            .build()));
            hangUp(now, "its term is over", out);
            return false;
        }
        if (!leader.equals(accepted.orElse(null))) {
            accepted = Optional.of(leader);
            out.persist(JournalRecord.newBuilder().setAccepted(leader));
        }
        term = leader.getTerm();
        session = welcome.getSession();
        phase = Phase.REGISTERING;
        heard(now);
        return true;
    }

    private static boolean forbids(TermHolder obeyed, TermHolder leader) {
        return leader.getTerm() < obeyed.getTerm()
                || (leader.getTerm() == obeyed.getTerm() && !leader.getHolder().equals(obeyed.getHolder()));
    }

    void registered(Moment now, Registered registered, Outbox out) {
        if (phase != Phase.REGISTERING) {
            return;
        }
        var id = registered.getAgentId();
        if (!id.equals(agentId.orElse(null))) {
            agentId = Optional.of(id);
            out.persist(JournalRecord.newBuilder().setAgentId(id));
        }
        phase = Phase.REGISTERED;
        backoff = SHORTEST_BACKOFF;
        pingInterval = seconds(registered.getPingIntervalSeconds());
        silence = seconds(registered.getPingTimeoutSeconds());
        nextPing = now.deadline(pingInterval);
        heard(now);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.max(1, Math.round(seconds * 1000)));
    }

    /** The master will not have this agent; under a banned id it comes back as a new one. */
    void refused(Moment now, String reason, boolean permanent, Outbox out) {
        if (permanent && agentId.isPresent()) {
            agentId = Optional.empty();
            out.persist(JournalRecord.newBuilder().setAgentId(NO_ID));
        }
        hangUp(now, "refused by the master: " + reason, out);
    }

    void termOver(Moment now, Outbox out) {
        backoff = SHORTEST_BACKOFF;
        hangUp(now, "the leader's term is over", out);
    }

    void pinged(Ping ping, Outbox out) {
        send(AgentFrame.newBuilder().setPong(Pong.newBuilder().setSequence(ping.getSequence())), out);
    }

    /** A sign of life. */
    void heard(Moment now) {
        silentUntil = now.deadline(silence);
    }

    void send(AgentFrame.Builder frame, Outbox out) {
        out.add(new AgentEffect.Send(
                link, frame.setTerm(term).setSession(session).build()));
    }

    void advance(Moment now, Outbox out) {
        switch (phase) {
            case WAITING -> {
                if (now.reached(nextDial)) {
                    link++;
                    phase = Phase.DIALLING;
                    silence = HANDSHAKE_TIMEOUT;
                    heard(now);
                    out.add(new AgentEffect.Dial(link));
                }
            }
            case DIALLING, GREETING, REGISTERING, REGISTERED -> {
                if (now.reached(silentUntil)) {
                    hangUp(now, "nothing was heard for " + silence.toMillis() + " ms", out);
                } else if (now.reached(nextPing)) {
                    nextPing = now.deadline(pingInterval);
                    send(AgentFrame.newBuilder().setPing(Ping.newBuilder().setSequence(++pings)), out);
                }
            }
        }
    }

    long nextDeadline() {
        return switch (phase) {
            case WAITING -> nextDial;
            case DIALLING, GREETING, REGISTERING -> silentUntil;
            case REGISTERED -> Math.min(silentUntil, nextPing);
        };
    }

    private void hangUp(Moment now, String reason, Outbox out) {
        out.add(new AgentEffect.HangUp(link, reason));
        closed(now);
    }
}
