package dev.proffer.operator.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.crds.access.BasicCredential;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CredentialBookTest {
    private static final BasicCredential BATCH = credential("batch");
    private static final BasicCredential WEB = credential("web");

    private final CredentialBook book = new CredentialBook();

    /** Or every restart of the operator would lock everybody out for a while. */
    @Test
    void untilAFrameworkHasBeenLookedAtWhatMastersKnowOfItStays() {
        assertThat(book.contents(List.of(BATCH, WEB))).containsExactlyInAnyOrder(BATCH, WEB);
        book.frameworksAre(() -> Set.of("team-a/batch", "team-a/web"));
        book.put("team-a/web", List.of());
        assertThat(book.contents(List.of(BATCH, WEB))).containsExactly(BATCH);
    }

    @Test
    void whatBelongsToAFrameworkThatWentWhileNobodyLookedIsForgotten() {
        book.frameworksAre(() -> Set.of("team-a/web"));
        assertThat(book.contents(List.of(BATCH, WEB))).containsExactly(WEB);
    }

    @Test
    void aFrameworkThatIsGoneIsForgottenAtOnce() {
        book.frameworksAre(Set::of);
        book.put("team-a/batch", List.of(BATCH));
        book.drop("team-a/batch");
        assertThat(book.contents(List.of(BATCH))).isEmpty();
    }

    @Test
    void onlyChangesAreToldOf() {
        var told = new AtomicInteger();
        book.onChange(told::incrementAndGet);
        book.put("team-a/batch", List.of(BATCH));
        book.put("team-a/batch", List.of(BATCH));
        assertThat(told).hasValue(1);
        book.put("team-a/batch", List.of());
        assertThat(told).hasValue(2);
    }

    private static BasicCredential credential(String name) {
        return BasicCredential.ofFramework("team-a", name, name, "salt", "a-long-enough-secret");
    }
}
