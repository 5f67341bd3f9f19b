package dev.proffer.agent.core.registration;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentSettings;
import dev.proffer.agent.core.AgentTiming;
import dev.proffer.agent.core.Capacity;
import dev.proffer.agent.core.LinkId;
import dev.proffer.agent.core.effects.Awaited;
import dev.proffer.agent.core.effects.Outbox;
import dev.proffer.agent.core.effects.Recorder;
import dev.proffer.agent.core.journal.AgentMemory;
import dev.proffer.agent.core.journal.Records;
import dev.proffer.agent.core.timers.Timer;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.Departure;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.Inventory;
import dev.proffer.protocol.link.Leading;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Ping;
import dev.proffer.protocol.link.Pong;
import dev.proffer.protocol.link.Refusal;
import dev.proffer.protocol.link.Refused;
import dev.proffer.protocol.link.Registered;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.link.Welcome;
import dev.proffer.protocol.v1.AgentID;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Finds the leading master and stays with it: dials, greets, accepts its term, registers, and notices when it is gone. */
public final class Registration {
    private static final double NANOS_PER_SECOND = 1e9;

    private final AgentSettings settings;
    private final AgentTiming timing;
    private final Outbox outbox;
    private final Recorder recorder;
    private final Timers<Timer> timers;
    private final Backoff redials;
    private final Backoff refusals;
    private final TermFence fence = new TermFence();
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final CapacityNews capacity;

    private Phase phase = Phase.IDLE;
    private long lastLink;
    private @Nullable AgentID agentId;
    private boolean agentIdRecorded;
    private @Nullable Welcome welcome;
    private Duration silence;
    private long lastHeard;
    private long registeredAt;
    private long pings;
    private boolean doubtful;
    private String trouble = "";

    public Registration(
            AgentSettings settings, RandomGenerator chance, Outbox outbox, Recorder recorder, Timers<Timer> timers) {
        this.settings = settings;
        this.timing = settings.timing();
        this.outbox = outbox;
        this.recorder = recorder;
        this.timers = timers;
        this.redials = new Backoff(timing.redialFirst(), timing.redialMost(), chance);
        this.refusals = new Backoff(timing.refusalFirst(), timing.refusalMost(), chance);
        this.silence = timing.silence();
        this.capacity = new CapacityNews(new Capacity(settings.info().getResourcesList(), List.of()));
    }

    public void restore(Moment now, AgentMemory memory) {
        agentId = memory.agentId().orElse(null);
        agentIdRecorded = memory.agentId().isPresent();
        fence.restore(memory.accepted(), memory.ended().isPresent(), memory.clusterUid());
        memory.accepted().ifPresent(term -> acknowledgements.restore(now, term));
        memory.ended().ifPresent(end -> acknowledgements.restore(now, end));
    }

    // What others ask

    public Phase phase() {
        return phase;
    }

    public boolean isRegistered() {
        return phase == Phase.REGISTERED;
    }

    /** Given by the master at the first registration. */
    public Optional<AgentID> agentId() {
        return Optional.ofNullable(agentId);
    }

    /** The highest term that this agent has accepted, and whose it is. */
    public Optional<TermHolder> accepted() {
        return fence.accepted();
    }

    /** Why the last link ended, for people; empty while there was no trouble. */
    public String trouble() {
        return trouble;
    }

    /** What this agent can offer now. */
    public Capacity capacity() {
        return capacity.present();
    }

    /** Whether anything that comes on this link still counts. */
    public boolean isCurrent(LinkId link) {
        return link.number() == lastLink
                && switch (phase) {
                    case DIALLING, GREETING, ACCEPTING, TELLING, REGISTERED -> true;
                    case IDLE, WAITING, EXPELLED, CLOSED -> false;
                };
    }

    /** Whether the frame is of the master and the session that the link was opened for. */
    public boolean isOfSession(MasterFrame frame) {
        var opening = welcome;
        return opening != null
                && frame.getTerm() == opening.getLeader().getTerm()
                && frame.getSession().equals(opening.getSession());
    }

    // Dialling

    /** Looks for a master from now on. */
    public void start(Moment now) {
        dial(now);
    }

    /** The timer's work. */
    public void redial(Moment now) {
        if (phase == Phase.WAITING) {
            dial(now);
        }
    }

    private void dial(Moment now) {
        lastLink++;
        phase = Phase.DIALLING;
        welcome = null;
        timers.set(new Timer.HandshakeTimeout(), now.deadline(timing.handshake()));
        outbox.add(new AgentEffect.Dial(link()));
    }

    public void opened(Moment now) {
        phase = Phase.GREETING;
        lastHeard = now.nanos();
        doubtful = false;
        timers.set(new Timer.NextProbe(), now.deadline(timing.probe()));
        var info = settings.info().toBuilder();
        agentId().ifPresent(info::setId);
        var hello = Hello.newBuilder()
                .setInfo(info)
                .addAllCapabilities(settings.capabilities())
                .setVersion(settings.version())
                .setBootId(settings.bootId())
                .setPool(settings.pool());
        settings.ip().ifPresent(hello::setIp);
        capacity.tell(hello);
        accepted().ifPresent(hello::setAccepted);
        acknowledgements.tell(now, hello);
        outbox.add(new AgentEffect.Send(
                link(), AgentFrame.newBuilder().setHello(hello).build()));
    }

    /** The link is gone, whoever ended it. */
    public void closed(Moment now, String reason) {
        leave(reason);
        waitFor(now, redials.next());
    }

    private void hangUp(Moment now, String reason, Duration wait) {
        outbox.add(new AgentEffect.HangUp(link(), reason));
        leave(reason);
        waitFor(now, wait);
    }

    private void leave(String reason) {
        trouble = reason;
        timers.cancel(new Timer.HandshakeTimeout());
        timers.cancel(new Timer.NextPing());
        timers.cancel(new Timer.SilenceCheck());
        timers.cancel(new Timer.NextProbe());
    }

    private void waitFor(Moment now, Duration wait) {
        boolean lasted = phase == Phase.REGISTERED
                && now.nanos() - registeredAt >= timing.redialMost().toNanos();
        if (lasted) {
            redials.reset();
            refusals.reset();
        }
        phase = Phase.WAITING;
        timers.set(new Timer.Redial(), now.deadline(wait));
    }

    // The handshake

    /** A master presents itself: it is refused, or its term goes to disk first. */
    public void welcomed(Moment now, Welcome opening) {
        if (phase != Phase.GREETING) {
            hangUp(now, "the master sent a second Welcome", redials.next());
            return;
        }
        welcome = opening;
        var objection = fence.objectionTo(opening);
        if (objection.isPresent()) {
            var refusal = Refusal.newBuilder().setReason(objection.get());
            accepted().ifPresent(refusal::setAccepted);
            send(AgentFrame.newBuilder().setRefusal(refusal));
            hangUp(now, "refused the master: " + objection.get(), refusals.next());
            return;
        }
        phase = Phase.ACCEPTING;
        recorder.record(new Awaited.Term(link()), fence.isAccepted(opening) ? List.of() : TermFence.records(opening));
    }

    /** The master's term is on disk: it may know what runs here. */
    public void termRecorded(Moment now, LinkId link, List<Inventory> inventory) {
        var opening = welcome;
        if (!isCurrent(link) || phase != Phase.ACCEPTING || opening == null) {
            return;
        }
        fence.accept(opening);
        acknowledgements.given(now, opening.getLeader());
        phase = Phase.TELLING;
        inventory.forEach(part -> send(AgentFrame.newBuilder().setInventory(part)));
    }

    /** A term or an id that is not on disk binds nobody: the link cannot go on. */
    public void notRecorded(Moment now, LinkId link, String reason) {
        if (isCurrent(link)) {
            hangUp(now, "the journal cannot be written: " + reason, refusals.next());
        }
    }

    /** Whether this was the end of the handshake. */
    public boolean registered(Moment now, Registered answer) {
        if (phase != Phase.TELLING) {
            return false;
        }
        phase = Phase.REGISTERED;
        trouble = "";
        registeredAt = now.nanos();
        if (answer.getPingTimeoutSeconds() > 0) {
            silence = Duration.ofNanos((long) (answer.getPingTimeoutSeconds() * NANOS_PER_SECOND));
        }
        timers.cancel(new Timer.HandshakeTimeout());
        timers.set(new Timer.NextPing(), now.deadline(timing.ping()));
        timers.set(new Timer.SilenceCheck(), now.deadline(silence));
        if (!answer.getAgentId().equals(agentId)) {
            agentId = answer.getAgentId();
            agentIdRecorded = false;
        }
        if (!agentIdRecorded) {
            recorder.record(new Awaited.Identity(link()), Records.agentId(answer.getAgentId()));
        }
        tellCapacity();
        return true;
    }

    public void identityRecorded() {
        agentIdRecorded = true;
    }

    /** The master will not have this agent, now or ever. */
    public void refused(Moment now, Refused answer) {
        var reason = "refused by the master: " + answer.getReason();
        hangUp(now, reason, refusals.next());
        if (answer.getPermanent()) {
            timers.cancel(new Timer.Redial());
            phase = Phase.EXPELLED;
            dropIdentity();
        }
    }

    /** The machine may come back with its next agent, but not under this id. */
    private void dropIdentity() {
        if (agentId != null) {
            agentId = null;
            agentIdRecorded = false;
            recorder.record(new Awaited.Nothing(), Records.noAgentId());
        }
    }

    /** The master ends in order: another one will lead in a moment. */
    public void termOver(Moment now) {
        session().map(Welcome::getLeader).filter(fence::end).ifPresent(term -> {
            var end = acknowledgements.over(now, term);
            recorder.record(new Awaited.Nothing(), Records.termEnded(end));
        });
        redials.reset();
        hangUp(now, "the master's term is over", Duration.ZERO);
    }

    /** From now on, this is what it can offer. */
    public void has(Capacity present) {
        capacity.change(present);
        if (isRegistered()) {
            tellCapacity();
        }
    }

    private void tellCapacity() {
        capacity.untold().ifPresent(news -> send(AgentFrame.newBuilder().setUpdateCapacity(news)));
    }

    // Signs of life

    /** Something came. */
    public void heard(Moment now) {
        lastHeard = now.nanos();
    }

    public void pinged(Moment now, Ping ping) {
        doubtful = ping.getDoubtful();
        session().map(Welcome::getLeader).ifPresent(leader -> acknowledgements.given(now, leader));
        send(AgentFrame.newBuilder().setPong(Pong.newBuilder().setSequence(ping.getSequence())));
    }

    /** The timer's work. */
    public void ping(Moment now) {
        pings++;
        send(AgentFrame.newBuilder().setPing(Ping.newBuilder().setSequence(pings)));
        timers.set(new Timer.NextPing(), now.deadline(timing.ping()));
    }

    /** The timer's work. */
    public void checkSilence(Moment now) {
        long silentFor = now.nanos() - lastHeard;
        if (silentFor >= silence.toNanos()) {
            hangUp(now, "nothing was heard of the master for " + silence.toSeconds() + " s", redials.next());
        } else {
            timers.set(new Timer.SilenceCheck(), lastHeard + silence.toNanos());
        }
    }

    // Another leader

    /** The timer's work. A master that says that it leads without doubt is believed: it would know of another. */
    public void probe(Moment now) {
        boolean silent = now.nanos() - lastHeard >= timing.probe().toNanos();
        if (doubtful || silent) {
            outbox.add(new AgentEffect.Probe());
        }
        timers.set(new Timer.NextProbe(), now.deadline(timing.probe()));
    }

    /** Another master says that it leads: it is followed if its term is higher than this link's. */
    public void leaderFound(Moment now, Leading found) {
        boolean ours = fence.isOfThisCluster(found.getClusterUid());
        long here = session()
                .map(Welcome::getLeader)
                .or(this::accepted)
                .map(TermHolder::getTerm)
                .orElse(0L);
        if (isCurrent(link()) && ours && found.getLeader().getTerm() > here) {
            session()
                    .ifPresent(_ -> send(AgentFrame.newBuilder()
                            .setDeparture(Departure.newBuilder().setLeader(found.getLeader()))));
            hangUp(
                    now,
                    "term " + found.getLeader().getTerm() + " of "
                            + found.getLeader().getHolder() + " has begun",
                    Duration.ZERO);
        }
    }

    /** The timer's work. */
    public void handshakeTimedOut(Moment now) {
        hangUp(now, "not registered within " + timing.handshake().toSeconds() + " s", redials.next());
    }

    // Sending

    /** Sends a frame of the present session, which there must be. */
    public void send(AgentFrame.Builder frame) {
        var opening = welcome;
        if (opening == null) {
            throw new IllegalStateException("no session to send in");
        }
        outbox.add(new AgentEffect.Send(
                link(),
                frame.setTerm(opening.getLeader().getTerm())
                        .setSession(opening.getSession())
                        .build()));
    }

    /** Stops looking for masters. */
    public void close() {
        if (isCurrent(link())) {
            outbox.add(new AgentEffect.HangUp(link(), "the agent stops"));
        }
        leave("");
        timers.cancel(new Timer.Redial());
        phase = Phase.CLOSED;
    }

    private Optional<Welcome> session() {
        return Optional.ofNullable(welcome);
    }

    /** The last one that was dialled. */
    public LinkId link() {
        return new LinkId(lastLink);
    }
}
