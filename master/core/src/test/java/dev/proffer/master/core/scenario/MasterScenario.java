package dev.proffer.master.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.Allocator;
import dev.proffer.master.core.Leadership;
import dev.proffer.master.core.LinkId;
import dev.proffer.master.core.MasterConfig;
import dev.proffer.master.core.MasterCore;
import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.RequestId;
import dev.proffer.master.core.StreamId;
import dev.proffer.master.core.explanations.Explained;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.core.snapshot.TaskSnapshot;
import dev.proffer.model.AgentId;
import dev.proffer.model.FaultDomain;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.resources.DomainConversion;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.MasterInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A master in the middle of agents and schedulers. After every input it is checked that the allocator's books say exactly
 * what the outstanding offers and the live tasks hold.
 */
public final class MasterScenario {
    public static final String MASTER_ID = "m1";

    private final Optional<StrictAllocator> strict;
    private final MasterCore core;
    private final LinkedHashMap<StreamId, TestScheduler> streams = new LinkedHashMap<>();
    private final LinkedHashMap<LinkId, TestAgent> links = new LinkedHashMap<>();
    private final LinkedHashMap<RequestId, MasterEffect.Respond> responses = new LinkedHashMap<>();
    private final LinkedHashMap<RequestId, Explained> explained = new LinkedHashMap<>();
    private final List<MasterEffect> effects = new ArrayList<>();
    private final ArrayDeque<MasterInput> inbox = new ArrayDeque<>();
    private final Stopwatch stopwatch = new Stopwatch();
    private final List<String> resignations = new ArrayList<>();
    private Moment now = new Moment(1_000_000_000L, Instant.parse("2026-01-01T00:00:00Z"));
    private final LinkedHashMap<AgentId, RegisteredAgent> registry = new LinkedHashMap<>();
    private long requests;
    private long connections;

    public MasterScenario() {
        this(1, MasterConfig.DEFAULTS);
    }

    public MasterScenario(long term, MasterConfig config) {
        this(term, config, new StrictAllocator());
    }

    /** With another allocator the books are that one's own affair. */
    public MasterScenario(long term, MasterConfig config, Allocator allocator) {
        this(new MasterCore(config, leadership(term), allocator), allocator);
        apply(new MasterInput.LeaseConfirmed(Long.MAX_VALUE));
        apply(new MasterInput.RegistryRead(List.of()));
    }

    /** A master that does not say where it stands. */
    public static MasterScenario withoutDomain() {
        var allocator = new StrictAllocator();
        var placed = leadership(1);
        var placeless = leadership(1, placed.info().toBuilder().clearDomain().build());
        var scenario = new MasterScenario(new MasterCore(MasterConfig.DEFAULTS, placeless, allocator), allocator);
        scenario.apply(new MasterInput.LeaseConfirmed(Long.MAX_VALUE));
        scenario.apply(new MasterInput.RegistryRead(List.of()));
        return scenario;
    }

    private MasterScenario(MasterCore core, Allocator allocator) {
        this.strict = allocator instanceof StrictAllocator mine ? Optional.of(mine) : Optional.empty();
        this.core = core;
    }

    /** A master that was told nothing yet, of its Lease neither. */
    public static MasterScenario justElected(long term) {
        var allocator = new StrictAllocator();
        return new MasterScenario(new MasterCore(MasterConfig.DEFAULTS, leadership(term), allocator), allocator);
    }

    /** A master that stands in region {@code eu}. */
    public static Leadership leadership(long term) {
        var info = MasterInfo.newBuilder()
                .setId(MASTER_ID)
                .setIp(0x0100007f)
                .setPort(5050)
                .setHostname("master.example")
                .setDomain(DomainConversion.write(new FaultDomain("eu", "eu-1")))
                .build();
        return leadership(term, info);
    }

    private static Leadership leadership(long term, MasterInfo info) {
        return new Leadership(term, "master-0/abc", "cluster-uid", MASTER_ID, info);
    }

    public TestScheduler scheduler(Consumer<FrameworkInfo.Builder> changes) {
        return new TestScheduler(this, changes);
    }

    /** A scheduler in role {@code *} with no capability, subscribed. */
    public TestScheduler subscribed() {
        return scheduler(_ -> {}).subscribe();
    }

    public TestScheduler subscribed(Consumer<FrameworkInfo.Builder> changes) {
        return scheduler(changes).subscribe();
    }

    public TestAgent agent(String resources) {
        return new TestAgent(this, "host" + connections, resources);
    }

    /** An agent with these resources, registered and answering pings. */
    public TestAgent registered(String resources) {
        return agent(resources).register();
    }

    public StrictAllocator allocator() {
        return strict.orElseThrow();
    }

    /** The agent as the registry has it by now. */
    public Optional<RegisteredAgent> stored(AgentId agent) {
        return Optional.ofNullable(registry.get(agent));
    }

    public Moment now() {
        return now;
    }

    public MasterSnapshot snapshot() {
        return core.snapshot();
    }

    public List<MasterEffect> effects() {
        return List.copyOf(effects);
    }

    /** Of the inputs. */
    public Stopwatch stopwatch() {
        return stopwatch;
    }

    /** Moves the clock, firing timers and allocations when they are due. */
    public void advance(Duration by) {
        var target = now.plus(by);
        while (core.nextDeadline() <= target.nanos()) {
            now = now.plus(Duration.ofNanos(Math.max(0, core.nextDeadline() - now.nanos())));
            apply(new MasterInput.TimerFired());
        }
        now = target;
    }

    /** Moves the clock as if the master had been held up meanwhile. */
    public void stall(Duration by) {
        now = now.plus(by);
        apply(new MasterInput.TimerFired());
    }

    /** Moves the clock, and what comes next comes before the timers. */
    public void pause(Duration by) {
        now = now.plus(by);
    }

    public void apply(MasterInput input) {
        inbox.add(input);
        while (!inbox.isEmpty()) {
            var next = inbox.remove();
            var produced = stopwatch.time(() -> core.apply(now, next));
            effects.addAll(produced);
            produced.forEach(this::dispatch);
            strict.ifPresent(this::checkBooks);
        }
    }

    /** What an agent or a scheduler sends in answer to an effect, once that effect's batch is through. */
    void later(MasterInput input) {
        inbox.add(input);
    }

    private void dispatch(MasterEffect effect) {
        switch (effect) {
            case MasterEffect.Respond respond ->
                assertThat(responses.put(respond.request(), respond)).isNull();
            case MasterEffect.Explain(var request, var answer) ->
                assertThat(explained.put(request, answer)).isNull();
            case MasterEffect.StreamOpened opened -> scheduler(opened.stream()).opened();
            case MasterEffect.SendEvent(var stream, var event) ->
                scheduler(stream).received(stream, event);
            case MasterEffect.CloseStream(var stream) -> scheduler(stream).closed(stream);
            case MasterEffect.SendToAgent(var link, var frame) -> agent(link).received(link, frame);
            case MasterEffect.StoreAgent(var agent) -> {
                registry.put(agent.id(), agent);
                if (agent.standing() != Standing.GONE) {
                    later(new MasterInput.AgentStored(agent));
                }
            }
            case MasterEffect.ForgetAgent(var agent) -> {
                registry.remove(agent);
                later(new MasterInput.AgentForgotten(agent));
            }
            case MasterEffect.Resign(var reason) -> resignations.add(reason);
            case MasterEffect.CloseLink(var link, var reason) -> agent(link).hungUp(link, reason);
        }
    }

    /** Why it did not want to lead any more. */
    public List<String> resignations() {
        return resignations;
    }

    private TestScheduler scheduler(StreamId stream) {
        return Objects.requireNonNull(streams.get(stream), stream::value);
    }

    private TestAgent agent(LinkId link) {
        return Objects.requireNonNull(links.get(link), link::value);
    }

    StreamId newStream(TestScheduler scheduler) {
        var stream = new StreamId("stream-" + connections++);
        streams.put(stream, scheduler);
        return stream;
    }

    LinkId newLink(TestAgent agent) {
        var link = new LinkId("link-" + connections++);
        links.put(link, agent);
        return link;
    }

    RequestId newRequest() {
        return new RequestId(requests++);
    }

    public Explained explain(FrameworkId framework, Optional<RolePath> role, Optional<AgentId> agent) {
        var request = newRequest();
        apply(new MasterInput.ExplainRequested(request, framework, role, agent));
        return Objects.requireNonNull(explained.get(request));
    }

    MasterEffect.Respond response(RequestId request) {
        return Objects.requireNonNull(responses.get(request), "no answer to " + request);
    }

    private void checkBooks(StrictAllocator allocator) {
        var offered = new LinkedHashMap<StrictAllocator.Holder, Resources>();
        for (var offer : core.snapshot().offers()) {
            offered.merge(
                    new StrictAllocator.Holder(offer.framework(), offer.role(), offer.agent()),
                    offer.resources(),
                    Resources::plus);
        }
        assertThat(allocator.offered()).as("offered").isEqualTo(offered);
        var used = new LinkedHashMap<StrictAllocator.Holder, Resources>();
        for (var agent : core.snapshot().agents()) {
            for (var task : agent.tasks()) {
                if (holds(task)) {
                    used.merge(
                            new StrictAllocator.Holder(task.framework(), task.role(), task.agent()),
                            task.resources(),
                            Resources::plus);
                }
            }
        }
        assertThat(allocator.used()).as("used").isEqualTo(used);
    }

    private static boolean holds(TaskSnapshot task) {
        return switch (task.state()) {
            case TASK_STAGING, TASK_STARTING, TASK_RUNNING, TASK_KILLING -> true;
            case TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_ERROR,
                    TASK_LOST,
                    TASK_DROPPED,
                    TASK_GONE,
                    TASK_GONE_BY_OPERATOR -> false;
            case TASK_UNREACHABLE, TASK_UNKNOWN -> throw new AssertionError("no live task is " + task.state());
        };
    }
}
