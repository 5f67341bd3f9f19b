package dev.proffer.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.HierarchicalAllocator;
import dev.proffer.master.core.policy.Admission;
import dev.proffer.master.core.policy.AgentSelector;
import dev.proffer.master.core.policy.DeclaredFramework;
import dev.proffer.master.core.policy.DeclaredFramework.DeletionPolicy;
import dev.proffer.master.core.policy.DeclaredReservation;
import dev.proffer.master.core.policy.ObjectName;
import dev.proffer.master.core.policy.Policy;
import dev.proffer.master.core.policy.Subject;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.master.core.snapshot.ReservationSnapshot;
import dev.proffer.model.Principal;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.scheduler.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What concerns very many at once is done in parts, between which the writer has time for others; nobody is forgotten. */
class BulkChangeTest {
    private static final int MANY = 350;

    private final MasterScenario master = new MasterScenario(
            1, MasterConfig.DEFAULTS, new HierarchicalAllocator(AllocatorConfig.DEFAULT, new SplittableRandom(1)));

    @Test
    void whoIsExpelledTogetherGoesInParts() {
        var schedulers = subscribed(DeletionPolicy.RETAIN);

        master.apply(new MasterInput.PolicyChanged(Policy.OPEN.withAdmission(Admission.CLOSED)));
        assertThat(closed(schedulers)).isBetween(1, MANY / 2);

        master.advance(Duration.ZERO);
        assertThat(closed(schedulers)).isEqualTo(MANY);
    }

    @Test
    void whoIsStillConnectedWithoutAnObjectIsAnsweredAndExpelled() {
        var schedulers = subscribed(DeletionPolicy.RETAIN);
        master.apply(new MasterInput.PolicyChanged(Policy.OPEN.withAdmission(Admission.CLOSED)));
        var last = schedulers.getLast();
        assertThat(last.isClosed()).isFalse();

        var answer = last.call(
                Call.Type.UPDATE_FRAMEWORK,
                call -> call.getUpdateFrameworkBuilder().setFrameworkInfo(last.info()));
        assertThat(answer.status()).isBetween(200, 499);

        master.advance(Duration.ZERO);
        assertThat(last.isClosed()).isTrue();
        assertThat(last.error()).contains("create a Framework object");
    }

    @Test
    void failoverTimeoutsThatEndTogetherAreWorkedOffInParts() {
        subscribed(DeletionPolicy.RETAIN).forEach(TestScheduler::disconnect);

        master.stall(Duration.ofSeconds(61));
        assertThat(frameworks()).isBetween(MANY / 2, MANY - 1);

        master.advance(Duration.ZERO);
        assertThat(frameworks()).isZero();
    }

    @Test
    void frameworksAreTornDownInParts() {
        subscribed(DeletionPolicy.TEARDOWN);
        // Of many objects less than half vanish: that is meant.
        master.apply(new MasterInput.PolicyChanged(admitting(DeletionPolicy.TEARDOWN, MANY / 2)));
        master.advance(Duration.ZERO);

        master.stall(Duration.ofSeconds(6));
        assertThat(frameworks()).isBetween(MANY * 3 / 4, MANY - 1);

        master.advance(Duration.ZERO);
        assertThat(frameworks()).isEqualTo(MANY - MANY / 2);
    }

    @Test
    void manyReservationsOnManyAgentsComeIntoEffectInParts() {
        int agents = 600;
        for (int i = 0; i < agents; i++) {
            var agent = master.agent("cpus:4;mem:1024");
            List.of(
                            AgentInfo.Capability.Type.MULTI_ROLE,
                            AgentInfo.Capability.Type.HIERARCHICAL_ROLE,
                            AgentInfo.Capability.Type.RESERVATION_REFINEMENT)
                    .forEach(type -> agent.hello().addCapabilitiesBuilder().setType(type));
            agent.register();
        }
        master.advance(Duration.ofSeconds(2));
        var reservations = IntStream.range(0, 20)
                .mapToObj(i -> new DeclaredReservation(
                        "r" + i,
                        new RolePath("eng"),
                        Quantities.parse("cpus:0.1"),
                        AgentSelector.ALL,
                        i % 2 == 0 ? OptionalInt.empty() : OptionalInt.of(agents / 2)))
                .toList();

        master.apply(new MasterInput.PolicyChanged(Policy.OPEN.withReservations(reservations)));
        master.apply(new MasterInput.TimerFired());
        assertThat(bound()).isLessThan(10 * agents + 5 * agents);

        master.advance(Duration.ZERO);
        assertThat(bound()).isEqualTo(10 * agents + 5 * agents);

        master.apply(new MasterInput.PolicyChanged(Policy.OPEN));
        master.advance(Duration.ZERO);
        assertThat(master.snapshot().agents())
                .allMatch(agent -> agent.total().reserved().isEmpty());
    }

    private int bound() {
        return master.snapshot().policy().reservations().stream()
                .mapToInt(ReservationSnapshot::bound)
                .sum();
    }

    private List<TestScheduler> subscribed(DeletionPolicy onDeletion) {
        master.apply(new MasterInput.PolicyChanged(admitting(onDeletion, 0)));
        var schedulers = new ArrayList<TestScheduler>();
        for (int i = 0; i < MANY; i++) {
            schedulers.add(master.scheduler(_ -> {})
                    .as(Principal.serviceAccount("tenants", "f" + i))
                    .subscribe());
        }
        return schedulers;
    }

    /** All but the first {@code without}. */
    private static Policy admitting(DeletionPolicy onDeletion, int without) {
        var admission = new Admission(new TreeMap<>(), Admission.Undeclared.NOBODY, true);
        for (int i = without; i < MANY; i++) {
            admission = admission.with(
                    new ObjectName("tenants", "f" + i),
                    new DeclaredFramework(
                            List.of(new Subject.ServiceAccount("tenants", "f" + i)),
                            List.of(),
                            OptionalInt.empty(),
                            Optional.empty(),
                            onDeletion));
        }
        return Policy.OPEN.withAdmission(admission);
    }

    private static int closed(List<TestScheduler> schedulers) {
        return (int) schedulers.stream().filter(TestScheduler::isClosed).count();
    }

    private int frameworks() {
        return master.snapshot().frameworks().size();
    }
}
