package dev.proffer.allocator;

import dev.proffer.allocator.AllocatorInput.AgentDescription;
import dev.proffer.allocator.AllocatorInput.Holding;
import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A cluster as Mesos' own benchmarks build it, decided for as Mesos does, under a clock that stands still between cycles. */
final class BenchmarkCluster {
    /** In effect endless. */
    static final Refusal FOREVER = new Refusal(Integer.MAX_VALUE);

    /** What an agent of the decline benchmark has: 24 CPUs and so on, of which this is in use on arrival. */
    static final Resources TOTAL = Resources.parse("cpus:24;mem:4096;disk:4096;ports:[31000-32000]");

    static final Resources USED = Resources.parse("cpus:16;mem:2014;disk:1024;ports:" + fragmentedPorts());

    final HierarchicalAllocator allocator;
    final List<Allocation> offers = new ArrayList<>();
    private final AllocatorConfig config;
    private Moment now = new Moment(0, Instant.EPOCH);

    BenchmarkCluster() {
        this(AllocatorConfig.DEFAULT.withMesosExact());
    }

    BenchmarkCluster(AllocatorConfig config) {
        this.config = config;
        this.allocator = new HierarchicalAllocator(config, new SplittableRandom(42));
    }

    /** The even ports from 31000 to 31028, and 31030 to 32000: 16 ranges. */
    private static String fragmentedPorts() {
        var text = new StringBuilder("[");
        for (int port = 31000; port <= 31028; port += 2) {
            text.append(port).append('-').append(port).append(", ");
        }
        return text.append("31030-32000]").toString();
    }

    void apply(AllocatorInput input) {
        allocator.apply(now, input);
    }

    /** Runs what events have asked for, and keeps the offers. */
    int settle() {
        var made = allocator.allocate(now);
        offers.addAll(made);
        return made.size();
    }

    /** The timed span: one full pass, with the offers delivered to a list. */
    int cycle() {
        now = now.plus(config.timing().allocationInterval());
        return settle();
    }

    static FrameworkId framework(int number) {
        return new FrameworkId("framework-" + (100_000 + number));
    }

    static AgentId agent(int number) {
        return new AgentId("agent-" + (100_000 + number));
    }

    void addFrameworks(int count, String role, FrameworkCapability... capabilities) {
        for (int i = 0; i < count; i++) {
            addFramework(i, role, capabilities);
        }
    }

    void addFramework(int number, String role, FrameworkCapability... capabilities) {
        var all = new ArrayList<>(List.of(FrameworkCapability.MULTI_ROLE));
        all.addAll(List.of(capabilities));
        var profile =
                new FrameworkProfile(List.of(new RolePath(role)), List.of(), all, new TreeMap<>(), Optional.empty());
        apply(new AllocatorInput.FrameworkAdded(framework(number), profile, true, List.of()));
    }

    /** Mesos' queue fills faster than its allocator runs: in its benchmarks all agents share about three runs. */
    static boolean isTimeToRun(int done, int count) {
        return done % Math.max(1, count / 3) == 0 || done == count;
    }

    /** Each arrives with a part in use by one framework, round robin. */
    void addAgents(int count, Resources total, Resources used, String usedRole, int frameworks) {
        for (int i = 0; i < count; i++) {
            var held = used.isEmpty()
                    ? List.<Holding>of()
                    : List.of(new Holding(framework(i % frameworks), new RolePath(usedRole), agent(i), used));
            addAgent(i, total, held);
            if (isTimeToRun(i + 1, count)) {
                settle();
            }
        }
    }

    void addAgent(int number, Resources total, List<Holding> held) {
        apply(new AllocatorInput.AgentAdded(agent(number), description(number), total, held, Optional.empty()));
    }

    /** Builds the cluster of the decline benchmark, "agents x frameworks", and declines for good until nothing is offered. */
    void fillAndDeclineEverything(String agentsByFrameworks) {
        var sizes = agentsByFrameworks.split("x");
        int frameworks = Integer.parseInt(sizes[1]);
        addFrameworks(frameworks, "*");
        addAgents(Integer.parseInt(sizes[0]), TOTAL, USED, "*", frameworks);
        do {
            giveBackAll(Optional.of(FOREVER));
        } while (cycle() > 0);
    }

    static AgentDescription description(int number) {
        return new AgentDescription(
                "host-" + number,
                List.of(),
                Optional.empty(),
                List.of(
                        AgentCapability.MULTI_ROLE,
                        AgentCapability.HIERARCHICAL_ROLE,
                        AgentCapability.RESERVATION_REFINEMENT));
    }

    /** Gives all outstanding offers back. */
    void giveBackAll(Optional<Refusal> refusal) {
        for (var each : offers) {
            var offer = (Allocation.Offer) each;
            apply(new AllocatorInput.Recovered(
                    new Holding(offer.framework(), offer.role(), offer.agent(), offer.resources()),
                    Origin.OFFERED,
                    refusal));
        }
        offers.clear();
    }
}
