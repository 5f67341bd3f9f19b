package dev.proffer.master.edge.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.Limits;
import dev.proffer.crds.common.Allocation;
import dev.proffer.crds.quota.Quota;
import dev.proffer.crds.quota.QuotaStatus;
import dev.proffer.master.core.snapshot.ReservationSnapshot;
import dev.proffer.master.core.snapshot.RoleSnapshot;
import dev.proffer.master.edge.figures.FrameworkStatuses.Offers;
import dev.proffer.model.AgentId;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class StatusesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:10.5Z");
    private static final RolePath ENG = new RolePath("eng");
    private static final Condition READY = new ConditionBuilder()
            .withType("Ready")
            .withStatus("True")
            .withReason("InForce")
            .withMessage("m")
            .withLastTransitionTime("2026-01-01T00:00:00Z")
            .build();

    @SuppressWarnings("NullAway.Init") // Injected.
    private KubernetesClient api;

    @Test
    void figuresAreRounded() {
        var status = PolicyStatuses.role(null, Optional.of(role(true)), 3L);

        assertThat(status.share()).isEqualTo("33%");
        assertThat(status.frameworks()).isEqualTo(2);
        assertThat(status.allocation())
                .containsExactly(
                        new Allocation("cpus", new Quantity("1500", "m")),
                        new Allocation("mem", new Quantity("512", "Mi")));
        assertThat(status.term()).isEqualTo(3);
    }

    @Test
    void conditionsOfTheOperatorStay() {
        var status = PolicyStatuses.quota(
                new QuotaStatus(7L, List.of(READY), 2L, List.of()), Optional.of(role(false)), NOW, 3L);

        assertThat(status.observedGeneration()).isEqualTo(7);
        assertThat(status.conditions()).startsWith(READY);
        assertThat(status.conditions().getLast().getType()).isEqualTo("Satisfied");
        assertThat(status.conditions().getLast().getStatus()).isEqualTo("False");
        assertThat(status.conditions().getLast().getLastTransitionTime()).isEqualTo("2026-01-01T00:00:10Z");
    }

    @Test
    void timeOfAConditionIsThatOfItsLastChange() {
        var first = PolicyStatuses.quota(null, Optional.of(role(false)), NOW, 3L);
        var same = PolicyStatuses.quota(first, Optional.of(role(false)), NOW.plusSeconds(60), 3L);
        var turned = PolicyStatuses.quota(first, Optional.of(role(true)), NOW.plusSeconds(60), 3L);

        assertThat(same).isEqualTo(first);
        assertThat(turned.conditions().getFirst().getLastTransitionTime()).isEqualTo("2026-01-01T00:01:10Z");
    }

    @Test
    void reservationSaysHowMuchOfItIsBound() {
        var status = PolicyStatuses.reservation(
                null,
                new ReservationSnapshot("r", ENG, 3, 1, List.of(new AgentId("S1"))),
                agent -> "node-of-" + agent.value(),
                NOW,
                3L);

        assertThat(status.agents()).containsExactly("node-of-S1");
        assertThat(status.conditions().getFirst().getStatus()).isEqualTo("False");
        assertThat(status.conditions().getFirst().getMessage())
                .isEqualTo("It is set aside on 1 of 3 agents; the rest follows as their resources become free.");
    }

    @Test
    void whyOffersDoNotFlowIsTheReason() {
        var offers = Offers.withheld("LimitReached on 4 agents");

        assertThat(offers.reason()).isEqualTo("LimitReached");
        assertThat(offers.message()).isEqualTo("LimitReached on 4 agents; see: kubectl proffer explain");
        assertThat(Offers.withheld("this master may not offer now").reason()).isEqualTo("Withheld");
        var status = FrameworkStatuses.of(null, Optional.empty(), offers, NOW, 3L);
        assertThat(status.connected()).isFalse();
        assertThat(status.conditions().getFirst().getReason()).isEqualTo("LimitReached");
    }

    @Test
    void statusThatSaysNothingNewIsNotWritten() throws InterruptedException {
        var quota = new Quota();
        quota.setMetadata(
                new ObjectMetaBuilder().withName("q").withNamespace("test").build());
        var stored = api.resource(quota).create();
        var writer = new StatusWriter(api);
        writer.write(stored, null, null, 4, term -> PolicyStatuses.quota(null, Optional.of(role(true)), NOW, term));
        var written = get();
        assertThat(written.getStatus().term()).isEqualTo(4);

        var before = written.getStatus();
        writer.write(
                written,
                before,
                before.term(),
                5,
                term -> PolicyStatuses.quota(before, Optional.of(role(true)), NOW, term));
        assertThat(get().getMetadata().getResourceVersion())
                .isEqualTo(written.getMetadata().getResourceVersion());

        writer.write(
                written,
                before,
                before.term(),
                5,
                term -> PolicyStatuses.quota(before, Optional.of(role(false)), NOW, term));
        assertThat(get().getStatus().term()).isEqualTo(5);
    }

    private Quota get() {
        return api.resources(Quota.class).inNamespace("test").withName("q").get();
    }

    private static RoleSnapshot role(boolean satisfied) {
        return new RoleSnapshot(
                ENG,
                1,
                2,
                Quantities.parse("cpus:1.5;mem:512"),
                0.3333,
                Quantities.NONE,
                Limits.NONE,
                Quantities.parse("cpus:1"),
                satisfied);
    }
}
