package dev.proffer.agent.core;

import dev.proffer.agent.core.journal.AgentMemory;
import dev.proffer.model.Moment;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Registered;
import dev.proffer.protocol.link.StatusUpdate;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.link.Welcome;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** An agent's core with its world played by the test: time, disk, link and launcher. */
final class AgentRig {
    static final String AGENT = "agent-1";
    private static final int TASKS_AT_MOST = 50;

    /** What the disk does with what it is given. */
    enum Disk {
        WORKS,
        HOLDS,
        FAILS
    }

    final AgentSettings settings;
    final List<JournalRecord> onDisk;
    final List<AgentEffect> effects = new ArrayList<>();
    private final AgentCore core;
    private Moment now;
    private Disk disk = Disk.WORKS;
    private long held;
    private LinkId lastDialled = new LinkId(0);

    AgentRig() {
        this(settings("boot-1"), new ArrayList<>(), new Moment(0, Instant.parse("2025-01-01T00:00:00Z")));
    }

    private AgentRig(AgentSettings settings, List<JournalRecord> onDisk, Moment now) {
        this.settings = settings;
        this.onDisk = onDisk;
        this.now = now;
        var memory = new AgentMemory();
        onDisk.forEach(memory::apply);
        this.core = new AgentCore(settings, memory, now, new SplittableRandom(1));
    }

    static AgentSettings settings(String bootId) {
        var info = AgentInfo.newBuilder().setHostname("host").setPort(5051).build();
        var full = AgentSettings.of(info, "1.0", bootId, AgentTiming.defaults());
        return new AgentSettings(
                full.info(),
                full.capabilities(),
                "general",
                Optional.of("10.0.0.7"),
                full.version(),
                bootId,
                full.timing(),
                TASKS_AT_MOST,
                full.inventoryPartBytes());
    }

    /** The agent that starts on what this one left on disk. Its monotonic clock begins anew. */
    AgentRig restarted(String bootId, Duration later) {
        var wall = now.wall().plus(later);
        return new AgentRig(settings(bootId), new ArrayList<>(onDisk), new Moment(1_000_000, wall));
    }

    // Input

    void input(AgentInput input) {
        core.apply(now, input).forEach(this::carryOut);
    }

    private void carryOut(AgentEffect effect) {
        effects.add(effect);
        if (effect instanceof AgentEffect.Dial(var link)) {
            lastDialled = link;
        }
        if (!(effect instanceof AgentEffect.Persist(var number, var records))) {
            return;
        }
        switch (disk) {
            case WORKS -> {
                onDisk.addAll(records);
                input(new AgentInput.JournalSynced(number));
            }
            case HOLDS -> held = number;
            case FAILS -> input(new AgentInput.JournalFailed(number, "no space left"));
        }
    }

    void disk(Disk behaviour) {
        disk = behaviour;
    }

    /** Lets what is held reach the disk, or not. */
    void release(boolean works) {
        disk = works ? Disk.WORKS : Disk.FAILS;
        if (works) {
            effects.stream()
                    .filter(AgentEffect.Persist.class::isInstance)
                    .map(AgentEffect.Persist.class::cast)
                    .filter(persist -> persist.number() <= held)
                    .forEach(persist -> onDisk.addAll(persist.records()));
        }
        input(works ? new AgentInput.JournalSynced(held) : new AgentInput.JournalFailed(held, "no space left"));
    }

    /** Time passes; timers fire when they are due. */
    void pass(Duration time) {
        long end = now.deadline(time);
        while (core.nextDeadline() <= end) {
            now = now.plus(Duration.ofNanos(Math.max(0, core.nextDeadline() - now.nanos())));
            input(new AgentInput.TimerFired());
        }
        now = now.plus(Duration.ofNanos(end - now.nanos()));
    }

    Moment now() {
        return now;
    }

    // The master

    AgentRig started() {
        input(new AgentInput.Started());
        return this;
    }

    LinkId link() {
        return lastDialled;
    }

    void hello() {
        input(new AgentInput.LinkOpened(link()));
    }

    void welcome(long term, String holder) {
        frame(MasterFrame.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setLeader(TermHolder.newBuilder().setTerm(term).setHolder(holder))
                        .setSession("session-" + term)
                        .setClusterUid("cluster")));
    }

    /** From dialling to registered with the master of that term. */
    AgentRig registered(long term) {
        hello();
        return registeredAfterHello(term);
    }

    AgentRig registeredAfterHello(long term) {
        welcome(term, "master-" + term);
        frame(
                term,
                MasterFrame.newBuilder()
                        .setRegistered(Registered.newBuilder()
                                .setAgentId(AgentID.newBuilder().setValue(AGENT))
                                .setPingIntervalSeconds(5)
                                .setPingTimeoutSeconds(75)));
        return this;
    }

    AgentRig ready() {
        return started().registered(1);
    }

    void frame(MasterFrame.Builder frame) {
        input(new AgentInput.FrameReceived(link(), frame.build()));
    }

    void frame(long term, MasterFrame.Builder frame) {
        frame(frame.setTerm(term).setSession("session-" + term));
    }

    void closeLink() {
        input(new AgentInput.LinkClosed(link(), "broken"));
    }

    // What came out

    AgentSnapshot snapshot() {
        return core.snapshot();
    }

    <E extends AgentEffect> List<E> effects(Class<E> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<AgentFrame> sent() {
        return effects(AgentEffect.Send.class).stream()
                .map(AgentEffect.Send::frame)
                .toList();
    }

    List<StatusUpdate> updates() {
        return sent().stream()
                .filter(AgentFrame::hasStatusUpdate)
                .map(AgentFrame::getStatusUpdate)
                .toList();
    }

    StatusUpdate lastUpdate() {
        return updates().getLast();
    }

    List<TaskState> states() {
        return updates().stream().map(update -> update.getStatus().getState()).toList();
    }

    Container container() {
        return effects(AgentEffect.Launch.class).getLast().container();
    }
}
