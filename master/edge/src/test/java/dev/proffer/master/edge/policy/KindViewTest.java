package dev.proffer.master.edge.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.crds.role.Role;
import dev.proffer.model.Moment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KindViewTest {
    private final FakeKind kind = new FakeKind();
    private final KindView<Role> view = new KindView<>("Role", kind);
    private Moment now = new Moment(1_000_000_000L, Instant.EPOCH);

    @Test
    void nothingIsKnownBeforeTheFirstList() {
        kind.known = false;
        look();

        assertThat(view.isKnown()).isFalse();
        assertThat(view.confirmedAt()).isZero();
    }

    @Test
    void newAndChangedObjectsHoldAtOnce() {
        kind.put("a", 1);
        look();
        kind.put("a", 2);
        kind.put("b", 3);
        look();

        assertThat(held()).containsExactly("a@2", "b@3");
    }

    @Test
    void vanishedObjectHoldsUntilItWasLookedForAgain() {
        kind.put("a", 1);
        look();
        kind.remove("a");
        look();
        assertThat(held()).containsExactly("a@1");
        assertThat(view.nextDeadline()).isEqualTo(now.deadline(KindView.SETTLE));

        pass(KindView.SETTLE);
        assertThat(held()).isEmpty();
    }

    @Test
    void objectThatIsCreatedAgainInTimeWasNeverGone() {
        kind.put("a", 1);
        look();
        kind.remove("a");
        look();
        kind.put("a", 5);
        pass(KindView.SETTLE);

        assertThat(held()).containsExactly("a@5");
    }

    @Test
    void objectsThatVanishWithTheirKindStayInForce() {
        kind.put("a", 1);
        look();
        kind.remove("a");
        kind.stands = false;
        look();
        pass(KindView.SETTLE);
        pass(Duration.ofHours(1));

        assertThat(held()).containsExactly("a@1");
    }

    @Test
    void whenTheKindIsBackWhatIsMissingIsGone() {
        kind.put("a", 1);
        look();
        kind.remove("a");
        kind.stands = false;
        look();
        pass(KindView.SETTLE);
        kind.stands = true;
        pass(KindView.COMPARE.plus(KindView.SETTLE));

        assertThat(held()).isEmpty();
    }

    @Test
    void silentWatchBeginsAnew() {
        kind.put("a", 1);
        look();
        kind.unheard.put("ns/a", "7");
        pass(KindView.COMPARE);
        assertThat(kind.restarts).isZero();

        pass(KindView.LAG);
        assertThat(kind.restarts).isEqualTo(1);
    }

    @Test
    void watchThatIsMerelyLateGoesOn() {
        kind.put("a", 1);
        look();
        kind.unheard.put("ns/a", "7");
        pass(KindView.COMPARE);
        kind.put("a", 7);
        pass(KindView.LAG);

        assertThat(kind.restarts).isZero();
        assertThat(view.confirmedAt()).isEqualTo(now.nanos());
    }

    @Test
    void deletionThatWasNotHeardOfIsSilenceToo() {
        kind.put("a", 1);
        look();
        kind.unheard.put("ns/a", "");
        pass(KindView.COMPARE);
        pass(KindView.LAG);

        assertThat(kind.restarts).isEqualTo(1);
    }

    @Test
    void ageGrowsWhileNobodyAnswers() {
        kind.put("a", 1);
        look();
        long confirmed = view.confirmedAt();
        kind.answers = false;
        pass(KindView.COMPARE);
        pass(KindView.LAG);

        assertThat(view.confirmedAt()).isEqualTo(confirmed);
        assertThat(held()).containsExactly("a@1");
    }

    private void look() {
        view.look(now);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        look();
    }

    private List<String> held() {
        return view.objects().stream()
                .map(role ->
                        role.getMetadata().getName() + "@" + role.getMetadata().getResourceVersion())
                .toList();
    }

    private static final class FakeKind implements KindSource<Role> {
        private final Map<String, Role> objects = new TreeMap<>();

        /** What a fresh list would say and the watch does not: versions by key; empty for gone. */
        private final Map<String, String> unheard = new TreeMap<>();

        private boolean known = true;
        private boolean stands = true;
        private boolean answers = true;
        private int restarts;

        void put(String name, int version) {
            var role = new Role();
            role.setMetadata(new ObjectMetaBuilder()
                    .withName(name)
                    .withNamespace("ns")
                    .withResourceVersion(Integer.toString(version))
                    .build());
            objects.put(name, role);
        }

        void remove(String name) {
            objects.remove(name);
        }

        @Override
        public void start(Runnable changed) {}

        @Override
        public boolean isKnown() {
            return known;
        }

        @Override
        public Collection<Role> objects() {
            return List.copyOf(objects.values());
        }

        @Override
        public @Nullable Map<String, String> versions() {
            if (!answers) {
                return null;
            }
            var fresh = new TreeMap<>(KindView.versions(objects.values()));
            fresh.putAll(unheard);
            fresh.values().removeIf(String::isEmpty);
            return fresh;
        }

        @Override
        public boolean stands() {
            return stands;
        }

        @Override
        public void restart() {
            restarts++;
        }

        @Override
        public void close() {}
    }
}
