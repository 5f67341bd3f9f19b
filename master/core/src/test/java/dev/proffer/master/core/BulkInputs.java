package dev.proffer.master.core;

import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.HierarchicalAllocator;
import dev.proffer.allocator.Limits;
import dev.proffer.master.core.policy.Admission;
import dev.proffer.master.core.policy.AgentSelector;
import dev.proffer.master.core.policy.DeclaredFramework;
import dev.proffer.master.core.policy.DeclaredFramework.DeletionPolicy;
import dev.proffer.master.core.policy.DeclaredQuota;
import dev.proffer.master.core.policy.DeclaredReservation;
import dev.proffer.master.core.policy.DeclaredRole;
import dev.proffer.master.core.policy.ObjectName;
import dev.proffer.master.core.policy.Policy;
import dev.proffer.master.core.policy.Subject;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.Tasks;
import dev.proffer.master.core.scenario.TestAgent;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.model.Principal;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.Offer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * How long the writer is held up by changes that concern many at once: the longest single input, in milliseconds of the
 * thread's CPU time, in a cluster whose agents are all offered and half of whose frameworks run tasks. {@code make bench
 * ONLY=bulk} runs it.
 */
final class BulkInputs {
    private static final Duration ROUND = Duration.ofMillis(1100);
    private static final Duration LONGER_THAN_ANY_TIMEOUT = Duration.ofMinutes(1);

    private final int agents;
    private final int frameworks;
    private final PrintStream out;

    private BulkInputs(int agents, int frameworks, PrintStream out) {
        this.agents = agents;
        this.frameworks = frameworks;
        this.out = out;
    }

    public static void main(String[] args) {
        int agents = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int frameworks = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
        var warmUp = new BulkInputs(agents / 10, frameworks / 10, new PrintStream(PrintStream.nullOutputStream()));
        warmUp.run();
        new BulkInputs(agents, frameworks, System.out).run();
    }

    private void run() {
        out.printf("%-60s %10s %10s%n", agents + " agents, " + frameworks + " frameworks", "longest", "together");
        measureReservations();
        measureRoles();
        measureExpulsion(DeletionPolicy.RETAIN);
        measureExpulsion(DeletionPolicy.TEARDOWN);
    }

    private void measureReservations() {
        var cluster = new Full();
        cluster.declare(
                "100 reservations on 100 agents each",
                cluster.policy.withReservations(reservations(OptionalInt.of(100))));
        cluster.declare(
                "100 reservations on all agents", cluster.policy.withReservations(reservations(OptionalInt.empty())));
        cluster.declare("none of them", cluster.policy.withReservations(List.of()));
    }

    private static List<DeclaredReservation> reservations(OptionalInt count) {
        var all = new ArrayList<DeclaredReservation>();
        for (int i = 0; i < 100; i++) {
            all.add(new DeclaredReservation("r" + i, role(i), Quantities.parse("cpus:0.01"), AgentSelector.ALL, count));
        }
        return all;
    }

    private void measureRoles() {
        var cluster = new Full();
        var weighted = cluster.policy;
        var guaranteed = cluster.policy;
        for (int i = 0; i < frameworks; i++) {
            weighted = weighted.withRole(role(i), weighted.role(role(i)).withWeight(2 + i % 3));
            guaranteed = guaranteed.withQuota(role(i), new DeclaredQuota(Quantities.parse("cpus:1"), Limits.NONE));
        }
        cluster.declare("another weight for each role", weighted);
        cluster.declare("a guarantee for each role", guaranteed);
    }

    private void measureExpulsion(DeletionPolicy onDeletion) {
        var cluster = new Full(onDeletion);
        cluster.declare(
                "all Framework objects are gone, " + onDeletion, cluster.policy.withAdmission(Admission.CLOSED));
        cluster.measure("all failover time-outs", () -> cluster.master.advance(LONGER_THAN_ANY_TIMEOUT));
    }

    private static RolePath role(int index) {
        return new RolePath("team" + index);
    }

    private static ObjectName object(int index) {
        return new ObjectName("tenants", "f" + index);
    }

    /** A cluster of which nothing is free. */
    private final class Full {
        private final MasterScenario master = new MasterScenario(
                1, MasterConfig.DEFAULTS, new HierarchicalAllocator(AllocatorConfig.DEFAULT, new SplittableRandom(1)));
        private final Policy policy;

        Full() {
            this(DeletionPolicy.RETAIN);
        }

        Full(DeletionPolicy onDeletion) {
            policy = admitting(onDeletion);
            master.apply(new MasterInput.PolicyChanged(policy));
            var schedulers = new ArrayList<TestScheduler>();
            for (int i = 0; i < frameworks; i++) {
                schedulers.add(subscribed(i));
            }
            for (int i = 0; i < agents; i++) {
                register(master.agent("cpus:4;mem:1024"));
            }
            master.advance(ROUND);
            schedulers.stream().limit(frameworks / 2).forEach(this::launchEverywhere);
            master.advance(ROUND);
        }

        private static Policy admitting(DeletionPolicy onDeletion, int frameworks) {
            var objects = new TreeMap<ObjectName, DeclaredFramework>();
            var roles = new TreeMap<RolePath, DeclaredRole>();
            for (int i = 0; i < frameworks; i++) {
                var subject = new Subject.ServiceAccount("tenants", "f" + i);
                objects.put(
                        object(i),
                        new DeclaredFramework(
                                List.of(subject), List.of(), OptionalInt.empty(), Optional.empty(), onDeletion));
                roles.put(role(i), DeclaredRole.DEFAULT.allowing(subject));
            }
            return new Policy(
                    roles,
                    new TreeMap<>(),
                    List.of(),
                    new Admission(objects, Admission.Undeclared.NOBODY, false),
                    Policy.OPEN.tasks(),
                    Policy.OPEN.pools());
        }

        private Policy admitting(DeletionPolicy onDeletion) {
            return admitting(onDeletion, frameworks);
        }

        private TestScheduler subscribed(int index) {
            return master.scheduler(info -> {
                        info.addRoles(role(index).value()).setFailoverTimeout(40);
                        info.addCapabilitiesBuilder().setType(FrameworkInfo.Capability.Type.MULTI_ROLE);
                        info.addCapabilitiesBuilder().setType(FrameworkInfo.Capability.Type.RESERVATION_REFINEMENT);
                    })
                    .as(Principal.serviceAccount("tenants", "f" + index))
                    .subscribe();
        }

        private static void register(TestAgent agent) {
            agent.hello().addCapabilitiesBuilder().setType(AgentInfo.Capability.Type.MULTI_ROLE);
            agent.hello().addCapabilitiesBuilder().setType(AgentInfo.Capability.Type.HIERARCHICAL_ROLE);
            agent.hello().addCapabilitiesBuilder().setType(AgentInfo.Capability.Type.RESERVATION_REFINEMENT);
            agent.register();
        }

        private void launchEverywhere(TestScheduler scheduler) {
            for (Offer offer : scheduler.offers()) {
                scheduler.launch(offer, Tasks.task("t" + offer.getId().getValue(), offer, "cpus:1;mem:128"));
            }
        }

        void declare(String what, Policy changed) {
            measure(what, () -> {
                master.apply(new MasterInput.PolicyChanged(changed));
                master.advance(ROUND.multipliedBy(2));
            });
        }

        void measure(String what, Runnable change) {
            master.stopwatch().reset();
            change.run();
            out.printf(
                    "%-60s %10.1f %10.1f%n",
                    what,
                    master.stopwatch().longest().toNanos() / 1e6,
                    master.stopwatch().together().toNanos() / 1e6);
        }
    }
}
