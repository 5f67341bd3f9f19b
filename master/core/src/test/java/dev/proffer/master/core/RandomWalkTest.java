package dev.proffer.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.Allocator;
import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.HierarchicalAllocator;
import dev.proffer.allocator.Limits;
import dev.proffer.master.core.policy.Admission;
import dev.proffer.master.core.policy.AgentPools;
import dev.proffer.master.core.policy.AgentSelector;
import dev.proffer.master.core.policy.DeclaredQuota;
import dev.proffer.master.core.policy.DeclaredReservation;
import dev.proffer.master.core.policy.DeclaredRole;
import dev.proffer.master.core.policy.Policy;
import dev.proffer.master.core.policy.Subject;
import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.Drain;
import dev.proffer.master.core.registry.NodeLabels;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.StrictAllocator;
import dev.proffer.master.core.scenario.Tasks;
import dev.proffer.master.core.scenario.TestAgent;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import dev.proffer.protocol.v1.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A master among agents and schedulers that do as they like. The scenario checks the books after every input; here the whole
 * course must be the same each time it is run.
 */
@SuppressWarnings("deprecation") // Frameworks without MULTI_ROLE set the deprecated field.
class RandomWalkTest {
    private static final int STEPS = 300;
    private static final List<TaskState> REPORTS = List.of(
            TaskState.TASK_STARTING,
            TaskState.TASK_RUNNING,
            TaskState.TASK_RUNNING,
            TaskState.TASK_FINISHED,
            TaskState.TASK_FAILED);

    static LongStream seeds() {
        var pinned = Long.getLong("seed");
        return pinned != null ? LongStream.of(pinned) : LongStream.range(0, Integer.getInteger("seeds", 40));
    }

    @ParameterizedTest(name = "-Dseed={0}")
    @MethodSource("seeds")
    void theSameInputsHaveTheSameEffects(long seed) {
        assertThat(new Walk(seed, new StrictAllocator()).run()).isEqualTo(new Walk(seed, new StrictAllocator()).run());
    }

    /** The allocator that the master runs with finds nothing to object to, and adds no chance of its own. */
    @ParameterizedTest(name = "-Dseed={0}")
    @MethodSource("seeds")
    void theSameHoldsWithTheHierarchicalAllocator(long seed) {
        assertThat(new Walk(seed, hierarchical(seed)).run()).isEqualTo(new Walk(seed, hierarchical(seed)).run());
    }

    private static Allocator hierarchical(long seed) {
        return new HierarchicalAllocator(AllocatorConfig.DEFAULT, new SplittableRandom(seed));
    }

    private static final List<String> ROLES = List.of("eng", "ops", "*");

    private static final class Walk {
        private final SplittableRandom random;
        private final MasterScenario master;
        private final List<TestAgent> agents = new ArrayList<>();
        private final List<TestScheduler> schedulers = new ArrayList<>();
        private int tasks;

        Walk(long seed, Allocator allocator) {
            random = new SplittableRandom(seed);
            master = new MasterScenario(1, MasterConfig.DEFAULTS, allocator);
        }

        List<MasterEffect> run() {
            for (int i = 0; i < 3; i++) {
                agents.add(pooled(master.agent("cpus:4;mem:1024;ports:[31000-31009]"), i));
                var role = ROLES.get(i);
                schedulers.add(master.subscribed(info -> {
                    info.setFailoverTimeout(100).setRole(role);
                    if (random.nextBoolean()) {
                        info.addCapabilities(Capability.newBuilder().setType(Capability.Type.PARTITION_AWARE));
                    }
                }));
            }
            for (int i = 0; i < STEPS; i++) {
                step(agents.get(random.nextInt(agents.size())), schedulers.get(random.nextInt(schedulers.size())));
            }
            return master.effects();
        }

        /** The first is of no pool. */
        private static TestAgent pooled(TestAgent agent, int number) {
            if (number > 0) {
                agent.hello().setPool("pool");
            }
            return agent.register();
        }

        private void step(TestAgent agent, TestScheduler scheduler) {
            switch (random.nextInt(15)) {
                case 0 -> agent.register();
                case 1 -> agent.disconnect();
                case 2 -> agent.answerPings(random.nextBoolean());
                case 3 -> scheduler.subscribe();
                case 4 -> scheduler.disconnect();
                case 5, 6 -> master.advance(Duration.ofSeconds(random.nextInt(1, 40)));
                case 7 -> report(agent);
                case 8, 9, 10 -> withOffers(scheduler);
                case 11 -> rarely(agent, scheduler);
                case 12 -> {
                    if (agent.info().hasId()) {
                        wish(agent);
                    }
                }
                case 13 -> master.apply(new MasterInput.PolicyChanged(administration()));
                default -> talk(scheduler);
            }
        }

        private Policy administration() {
            var policy = Policy.OPEN.withReservations(reservations());
            if (random.nextInt(3) == 0) {
                policy = policy.withQuota(
                        new RolePath(ROLES.get(random.nextInt(ROLES.size() - 1))),
                        new DeclaredQuota(
                                Quantities.parse("cpus:" + random.nextInt(5)),
                                new Limits(Quantities.parse("cpus:" + random.nextInt(5, 9))
                                        .asMap())));
            }
            if (random.nextInt(3) == 0) {
                policy = policy.withRole(new RolePath("eng"), DeclaredRole.DEFAULT.withWeight(random.nextInt(1, 9)));
            }
            if (random.nextInt(3) == 0) {
                policy = policy.withRole(new RolePath("ops"), DeclaredRole.DEFAULT.allowing(new Subject.User("alice")));
            }
            if (random.nextInt(3) > 0) {
                policy = policy.withPools(AgentPools.of("pool", List.of("rack")));
            }
            return random.nextInt(6) == 0 ? policy.withAdmission(Admission.CLOSED) : policy;
        }

        private List<DeclaredReservation> reservations() {
            var all = new ArrayList<DeclaredReservation>();
            for (int i = 0; i < random.nextInt(3); i++) {
                all.add(new DeclaredReservation(
                        "r" + i,
                        new RolePath(ROLES.get(i)),
                        Quantities.parse("cpus:" + random.nextInt(1, 3) + ";mem:" + random.nextInt(1, 300)),
                        random.nextBoolean() ? AgentSelector.ALL : AgentSelector.withAttribute("rack", "r1"),
                        random.nextBoolean() ? OptionalInt.of(random.nextInt(1, 3)) : OptionalInt.empty()));
            }
            return all;
        }

        private boolean isConnected(TestScheduler scheduler) {
            return !scheduler.isClosed()
                    && scheduler.info().hasId()
                    && master.snapshot().frameworks().stream()
                            .anyMatch(framework -> framework.id().equals(scheduler.id()) && framework.connected());
        }

        private void withOffers(TestScheduler scheduler) {
            if (!isConnected(scheduler) || scheduler.offers().isEmpty()) {
                return;
            }
            var offers = scheduler.offers();
            var offer = offers.get(random.nextInt(Math.max(0, offers.size() - 3), offers.size()));
            if (random.nextInt(4) == 0) {
                scheduler.decline(offer, random.nextInt(20));
            } else if (random.nextInt(3) == 0) {
                scheduler.launch(offer, Tasks.wholeOffer("t" + tasks++, offer));
            } else {
                scheduler.launch(
                        offer,
                        Tasks.task("t" + tasks++, offer, "cpus:" + random.nextInt(1, 6)),
                        Tasks.task("t" + random.nextInt(tasks), offer, "cpus:0.5;mem:100"));
            }
        }

        private void report(TestAgent agent) {
            var running = agent.inventory().getTasksList();
            if (!running.isEmpty()) {
                var task =
                        running.get(random.nextInt(running.size())).getTaskId().getValue();
                agent.report(
                        task, REPORTS.get(random.nextInt(REPORTS.size())), REPORTS.get(random.nextInt(REPORTS.size())));
            }
        }

        private void talk(TestScheduler scheduler) {
            if (!isConnected(scheduler)) {
                return;
            }
            switch (random.nextInt(7)) {
                case 0 -> scheduler.reconcile();
                case 4 -> scheduler.inverseOffers().forEach(offer -> scheduler.declineInverse(offer, 3));
                case 5 -> scheduler.inverseOffers().forEach(offer -> scheduler.acceptInverse(offer, 0));
                case 1 -> scheduler.suppress();
                case 2 -> scheduler.revive();
                case 3 -> scheduler.kill("t" + random.nextInt(tasks + 1));
                default ->
                    scheduler.updates().stream()
                            .filter(status -> status.hasUuid())
                            .reduce((_, last) -> last)
                            .ifPresent(scheduler::acknowledge);
            }
        }

        private void wish(TestAgent agent) {
            switch (random.nextInt(5)) {
                case 0 -> master.apply(new MasterInput.AgentPolicyChanged(agent.id(), policy()));
                case 3 -> master.apply(new MasterInput.NodeLabelled(agent.info().getHostname(), labels()));
                case 1 ->
                    master.apply(new MasterInput.NodeChanged(
                            agent.info().getHostname(), new NodeState(random.nextBoolean(), random.nextInt(4) == 0)));
                case 2 -> master.apply(new MasterInput.AgentPolicyChanged(agent.id(), AgentPolicy.NONE));
                default -> confirmThatItIsGone(agent);
            }
        }

        private NodeLabels labels() {
            var labels = new TreeMap<String, String>();
            labels.put("rack", "r" + random.nextInt(3));
            return new NodeLabels(labels);
        }

        private AgentPolicy policy() {
            var drain = new Drain(
                    Duration.ofSeconds(random.nextInt(30)),
                    Optional.of(Duration.ofSeconds(random.nextInt(30))),
                    random.nextInt(4) == 0);
            return new AgentPolicy(random.nextBoolean(), Optional.of(drain), Optional.empty());
        }

        private void confirmThatItIsGone(TestAgent agent) {
            master.stored(agent.id())
                    .filter(stored -> stored.standing() == Standing.GONE)
                    .ifPresent(gone -> {
                        master.apply(new MasterInput.AgentMarked(gone.id()));
                        agent.info().clearId();
                        agent.register();
                    });
        }

        private void rarely(TestAgent agent, TestScheduler scheduler) {
            switch (random.nextInt(6)) {
                case 0 -> agent.unregister();
                case 1 -> {
                    if (isConnected(scheduler)) {
                        scheduler.tearDown();
                        scheduler.info().clearId();
                        scheduler.subscribe();
                    }
                }
                default -> {
                    if (isConnected(scheduler)) {
                        scheduler.reconcile("t" + random.nextInt(tasks + 1), Optional.of("m1-S" + random.nextInt(4)));
                    }
                }
            }
        }
    }
}
