package dev.proffer.crds.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.crds.common.ResourceAmount;
import dev.proffer.crds.quota.Quota;
import dev.proffer.crds.quota.QuotaResource;
import dev.proffer.crds.quota.QuotaSpec;
import dev.proffer.crds.reservation.Reservation;
import dev.proffer.crds.reservation.ReservationSpec;
import dev.proffer.crds.role.Role;
import dev.proffer.crds.role.RoleSpec;
import dev.proffer.model.Quantities;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private final List<Role> roles = new ArrayList<>();
    private final List<Quota> quotas = new ArrayList<>();
    private final List<Reservation> reservations = new ArrayList<>();
    private @Nullable Quantities capacity;
    private int second;

    @Test
    void lonelyRoleIsInForce() {
        role("web", "eng/web");

        assertThat(ruling(judge().roles(), "web").inForce()).isTrue();
        assertThat(reasons(ruling(judge().roles(), "web")))
                .containsExactly("Ready=true/InForce", "Conflict=false/NoConflict");
    }

    @Test
    void olderOfTwoRolesWinsWhateverTheirNames() {
        role("z-first", "eng");
        role("a-second", "eng");

        assertThat(ruling(judge().roles(), "z-first").inForce()).isTrue();
        var loser = ruling(judge().roles(), "a-second");
        assertThat(loser.inForce()).isFalse();
        assertThat(reasons(loser)).containsExactly("Ready=false/Conflict", "Conflict=true/OlderObject");
        assertThat(loser.findings().getFirst().message()).contains("'z-first'").contains("same path");
    }

    @Test
    void firstByNameWinsAmongRolesOfTheSameSecond() {
        role("b", "eng");
        second--;
        role("a", "eng");

        assertThat(ruling(judge().roles(), "a").inForce()).isTrue();
        assertThat(ruling(judge().roles(), "b").inForce()).isFalse();
    }

    @Test
    void invalidPathSaysWhatIsWrongAndHindersNobody() {
        role("bad", "/eng");
        role("good", "eng");

        assertThat(reasons(ruling(judge().roles(), "bad"))).containsExactly("Ready=false/Invalid");
        assertThat(ruling(judge().roles(), "good").inForce()).isTrue();
    }

    @Test
    void quotaOfARoleThatNobodyDeclaredIsInForceAndSaysSo() {
        quota("web", "eng/web", resource("cpus", "1", null));

        assertThat(ruling(judge().quotas(), "web").inForce()).isTrue();
        assertThat(reasons(ruling(judge().quotas(), "web"))).contains("Ready=true/RoleUnknown");
    }

    @Test
    void quotaBelowADeclaredRoleIsOfAKnownOne() {
        role("eng", "eng");
        quota("web", "eng/web", resource("cpus", "1", null));

        assertThat(reasons(ruling(judge().quotas(), "web"))).contains("Ready=true/InForce");
    }

    @Test
    void olderOfTwoQuotasWins() {
        quota("first", "eng", resource("cpus", "1", null));
        quota("second", "eng", resource("cpus", "2", null));

        assertThat(ruling(judge().quotas(), "first").inForce()).isTrue();
        assertThat(reasons(ruling(judge().quotas(), "second")))
                .containsExactly("Ready=false/Conflict", "Conflict=true/OlderObject");
    }

    @Test
    void invalidQuotaDoesNotHideAValidYoungerOne() {
        quota("first", "eng", resource("cpus", "3", "2"));
        quota("second", "eng", resource("cpus", "2", null));

        assertThat(reasons(ruling(judge().quotas(), "first"))).containsExactly("Ready=false/Invalid");
        assertThat(ruling(judge().quotas(), "second").inForce()).isTrue();
    }

    @Test
    void childrensGuaranteesMustFitTheirParents() {
        quota("eng", "eng", resource("cpus", "3", null));
        quota("web", "eng/web", resource("cpus", "2", null));
        quota("db", "eng/db", resource("cpus", "2", null));

        assertThat(reasons(ruling(judge().quotas(), "eng"))).contains("Feasible=false/ChildrenExceedGuarantee");
        assertThat(ruling(judge().quotas(), "eng").findings().get(1).message())
                .isEqualTo(
                        "The children of 'eng' are guaranteed 4 of cpus together, but it has only 3; raise it or lower"
                                + " theirs.");
    }

    @Test
    void guaranteesDeepInTheTreeCountAgainstEveryLimitAbove() {
        quota("eng", "eng", resource("cpus", null, "3"));
        quota("one", "eng/web/one", resource("cpus", "2", null));
        quota("two", "eng/db/two", resource("cpus", "2", null));

        assertThat(reasons(ruling(judge().quotas(), "one"))).contains("Feasible=false/ExceedsLimit");
        assertThat(ruling(judge().quotas(), "one").findings().get(1).message())
                .contains("'eng' and below, whose limit is 3");
    }

    @Test
    void guaranteesMustFitTheCluster() {
        quota("eng", "eng", resource("cpus", "3", null), resource("mem", "1Gi", null));
        quota("ops", "ops", resource("cpus", "2", null));
        capacity = Quantities.parse("cpus:4;mem:2048");

        assertThat(reasons(ruling(judge().quotas(), "eng"))).contains("Feasible=false/ExceedsCapacity");
        assertThat(ruling(judge().quotas(), "ops").findings().get(1).message())
                .isEqualTo("5 of cpus is guaranteed in all, and the cluster has 4; add agents or lower guarantees.");
    }

    @Test
    void parentsGuaranteeIsNotCountedTwice() {
        quota("eng", "eng", resource("cpus", "4", null));
        quota("web", "eng/web", resource("cpus", "4", null));
        capacity = Quantities.parse("cpus:4");

        assertThat(reasons(ruling(judge().quotas(), "web"))).contains("Feasible=true/Fits");
    }

    @Test
    void nobodyIsToldThatAQuotaDoesNotFitAClusterThatIsUnknown() {
        quota("eng", "eng", resource("cpus", "4000", null));

        assertThat(reasons(ruling(judge().quotas(), "eng"))).contains("Feasible=true/CapacityUnknown");
    }

    @Test
    void reservationOfUnreadableAmountsIsInvalid() {
        var reservation = new Reservation();
        reservation.setSpec(
                new ReservationSpec("eng", List.of(new ResourceAmount("ports", null, "9-1")), "node-1", null, null));
        reservations.add(named("odd", reservation));

        assertThat(reasons(ruling(judge().reservations(), "odd"))).containsExactly("Ready=false/Invalid");
        assertThat(ruling(judge().reservations(), "odd").findings().getFirst().message())
                .startsWith("ports: '9-1'");
    }

    private Judgement judge() {
        return Judge.judge(roles, quotas, reservations, capacity);
    }

    private static Ruling ruling(SortedMap<String, Ruling> rulings, String name) {
        return Objects.requireNonNull(rulings.get(name), name);
    }

    private static List<String> reasons(Ruling ruling) {
        return ruling.findings().stream()
                .map(finding -> finding.type() + "=" + finding.status() + "/" + finding.reason())
                .toList();
    }

    private void role(String name, String path) {
        var role = new Role();
        role.setSpec(new RoleSpec(path, null, null, null, null));
        roles.add(named(name, role));
    }

    private void quota(String name, String role, QuotaResource... resources) {
        var quota = new Quota();
        quota.setSpec(new QuotaSpec(role, List.of(resources)));
        quotas.add(named(name, quota));
    }

    private static QuotaResource resource(String name, @Nullable String guarantee, @Nullable String limit) {
        return new QuotaResource(
                name,
                guarantee == null ? null : Quantity.parse(guarantee),
                limit == null ? null : Quantity.parse(limit));
    }

    private <T extends HasMetadata> T named(String name, T object) {
        object.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withCreationTimestamp("2026-01-01T00:00:%02dZ".formatted(second++))
                .build());
        return object;
    }
}
