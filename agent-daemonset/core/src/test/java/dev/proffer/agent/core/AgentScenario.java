package dev.proffer.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.model.Moment;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.Inventory;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Registered;
import dev.proffer.protocol.link.StatusUpdate;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.link.Welcome;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * An agent's core on a clock that the test moves, with a journal that never fails. After every step it is checked that
 * whatever leaves the agent is in the journal by then.
 */
final class AgentScenario {
    static final String SESSION = "session-1";
    static final String HOLDER = "master-0/abc";
    static final long TERM = 7;

    private final AgentCore core;
    private final List<JournalRecord> journal = new ArrayList<>();
    private final List<AgentEffect> effects = new ArrayList<>();
    private Moment now = new Moment(-5_000_000_000L, Instant.parse("2026-01-01T00:00:00Z"));
    private long term = TERM;
    private String session = SESSION;
    private long link;

    AgentScenario() {
        this(1);
    }

    AgentScenario(long seed) {
        core = new AgentCore(Samples.settings(), new SplittableRandom(seed));
        absorb(core.recover(now, List.of(), (_, _) -> new Found.Nothing()));
    }

    /** The next life of an agent: another process over the same journal. */
    private AgentScenario(
            AgentSettings settings,
            Moment start,
            List<JournalRecord> journal,
            BiFunction<TaskKey, String, Found> finder) {
        this.core = new AgentCore(settings, new SplittableRandom(2));
        this.now = start;
        this.journal.addAll(journal);
        absorb(core.recover(start, journal, finder));
    }

    AgentScenario restarted(Found found) {
        return restarted((_, _) -> found);
    }

    AgentScenario restarted(BiFunction<TaskKey, String, Found> finder) {
        return new AgentScenario(Samples.settings(), now, journal, finder);
    }

    AgentScenario rebooted() {
        return new AgentScenario(Samples.settings("boot-2"), now, journal, (_, _) -> new Found.Nothing());
    }

    AgentScenario restartedAfter(Duration pause, Found found) {
        return new AgentScenario(Samples.settings(), now.plus(pause), journal, (_, _) -> found);
    }

    /** As if the journal had been compacted just before. */
    AgentScenario restartedFromCompaction(Found found) {
        return new AgentScenario(Samples.settings(), now, core.journal(), (_, _) -> found);
    }

    // What happens to the agent

    AgentStep apply(AgentInput input) {
        var step = core.apply(now, input);
        absorb(step);
        return step;
    }

    private void absorb(AgentStep step) {
        journal.addAll(step.records());
        step.effects().forEach(this::checkJournalled);
        effects.addAll(step.effects());
        step.effects().forEach(effect -> {
            if (effect instanceof AgentEffect.Dial(var number)) {
                link = number;
            }
        });
    }

    private void checkJournalled(AgentEffect effect) {
        switch (effect) {
            case AgentEffect.Send(var _, var frame)
            when frame.hasInventory() ->
                assertThat(journal)
                        .filteredOn(JournalRecord::hasAccepted)
                        .last()
                        .extracting(entry -> entry.getAccepted().getTerm())
                        .isEqualTo(frame.getTerm());
            case AgentEffect.Send(var _, var frame)
            when isOfJournal(frame) ->
                assertThat(journal)
                        .filteredOn(JournalRecord::hasTaskUpdate)
                        .extracting(entry -> entry.getTaskUpdate().getStatus())
                        .contains(frame.getStatusUpdate().getStatus());
            case AgentEffect.Start start ->
                assertThat(journal)
                        .filteredOn(JournalRecord::hasLaunchIntent)
                        .extracting(entry -> entry.getLaunchIntent().getContainerId())
                        .contains(start.containerId());
            case AgentEffect _ -> {}
        }
    }

    private static boolean isOfJournal(AgentFrame frame) {
        return frame.hasStatusUpdate()
                && frame.getStatusUpdate().getStatus().getReason() != TaskStatus.Reason.REASON_RECONCILIATION;
    }

    /** Moves the clock, with a timer at every deadline on the way. */
    AgentScenario advance(Duration by) {
        var target = now.plus(by);
        while (core.nextDeadline() <= target.nanos()) {
            if (core.nextDeadline() > now.nanos()) {
                now = now.plus(Duration.ofNanos(core.nextDeadline() - now.nanos()));
            }
            apply(new AgentInput.TimerFired());
        }
        now = target;
        return this;
    }

    /** Moves the clock as if the agent had been held up meanwhile. */
    AgentScenario stall(Duration by) {
        now = now.plus(by);
        apply(new AgentInput.TimerFired());
        return this;
    }

    // The master's part

    /** Lets the agent dial, and the connection stand. */
    AgentScenario connect() {
        long before = link;
        apply(new AgentInput.TimerFired());
        while (link == before) {
            advance(Duration.ofMillis(50));
        }
        apply(new AgentInput.LinkOpened(link));
        return this;
    }

    AgentScenario welcome(long ofTerm, String holder, String ofSession) {
        term = ofTerm;
        session = ofSession;
        return receive(MasterFrame.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setLeader(leader(ofTerm, holder))
                        .setSession(ofSession)
                        .setClusterUid("cluster")));
    }

    AgentScenario welcome() {
        return welcome(TERM, HOLDER, SESSION);
    }

    static TermHolder leader(long term, String holder) {
        return TermHolder.newBuilder().setTerm(term).setHolder(holder).build();
    }

    AgentScenario confirm(String agentId) {
        return receive(MasterFrame.newBuilder()
                .setRegistered(Registered.newBuilder()
                        .setAgentId(AgentID.newBuilder().setValue(agentId))
                        .setPingIntervalSeconds(5)
                        .setPingTimeoutSeconds(15)));
    }

    /** The whole way to a registered agent. */
    AgentScenario register() {
        return connect().welcome().confirm(Samples.AGENT);
    }

    /** A frame of the present session. */
    AgentScenario receive(MasterFrame.Builder frame) {
        return receive(link, frame.setTerm(term).setSession(session));
    }

    AgentScenario receive(long ofLink, MasterFrame.Builder frame) {
        apply(new AgentInput.FrameReceived(ofLink, frame.build()));
        return this;
    }

    AgentScenario breakLink() {
        apply(new AgentInput.LinkClosed(link, "broken by the test"));
        return this;
    }

    // What the agent did

    long link() {
        return link;
    }

    Moment now() {
        return now;
    }

    AgentSnapshot snapshot() {
        return core.snapshot();
    }

    AgentCore core() {
        return core;
    }

    List<JournalRecord> journal() {
        return List.copyOf(journal);
    }

    List<AgentEffect> effects() {
        return List.copyOf(effects);
    }

    /** From here on only what follows is looked at. */
    AgentScenario forgetEffects() {
        effects.clear();
        return this;
    }

    <T extends AgentEffect> List<T> effects(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<AgentFrame> frames() {
        return effects(AgentEffect.Send.class).stream()
                .map(AgentEffect.Send::frame)
                .toList();
    }

    List<Inventory> inventories() {
        return frames().stream()
                .filter(AgentFrame::hasInventory)
                .map(AgentFrame::getInventory)
                .toList();
    }

    List<StatusUpdate> updates() {
        return frames().stream()
                .filter(AgentFrame::hasStatusUpdate)
                .map(AgentFrame::getStatusUpdate)
                .toList();
    }

    List<TaskStatus> statuses() {
        return updates().stream().map(StatusUpdate::getStatus).toList();
    }

    TaskStatus lastStatus() {
        return statuses().getLast();
    }

    Stream<JournalRecord> records(JournalRecord.RecordCase kind) {
        return journal.stream().filter(entry -> entry.getRecordCase() == kind);
    }
}
