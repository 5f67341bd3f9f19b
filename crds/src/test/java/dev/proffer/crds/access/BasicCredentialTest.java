package dev.proffer.crds.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicCredentialTest {
    private static final String SECRET = "correct-horse-battery";
    private static final BasicCredential SPARK =
            BasicCredential.ofFramework("team-a", "batch", "spark", "c0ffee", SECRET);

    @Test
    void aSecretIsRecognisedAndNotTold() {
        assertThat(SPARK.matches(SECRET)).isTrue();
        assertThat(SPARK.matches(SECRET + "!")).isFalse();
        assertThat(SPARK.line()).startsWith("team-a/spark team-a/batch c0ffee ").doesNotContain(SECRET);
        assertThat(SPARK).hasToString("credential of team-a/spark");
    }

    @Test
    void aLineIsReadAsItWasWritten() {
        assertThat(BasicCredential.parse(SPARK.line())).isEqualTo(SPARK);
    }

    /** {@code printf s:0123456789abcdef | sha256sum}. */
    @Test
    void theDigestCanBeMadeByHand() {
        var line = "jenkins - s 6d9a0cfbbf064380c7d519e8e99d4bf3948b08e9500eec6885d2eb59775e4f14";
        assertThat(BasicCredential.parse(line).framework()).isEmpty();
        assertThat(BasicCredential.parse(line).matches("0123456789abcdef")).isTrue();
    }

    @Test
    void equalSecretsLookDifferent() {
        var other = BasicCredential.ofFramework("team-a", "batch", "spark", "decaf", SECRET);
        assertThat(other.digest()).isNotEqualTo(SPARK.digest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b c", "a b c d", "a - s 12", "sys:tem - s 0", "- - - - -"})
    void whatIsNoCredentialIsRefused(String line) {
        assertThatThrownBy(() -> BasicCredential.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "proffer:framework", "a/b", "a\nb", "ü"})
    void namesThatCouldPassForAnotherAreRefused(String username) {
        assertThat(BasicCredential.usernameProblem(username)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "0123456789abcde", "0123456789:abcdefgh", "0123456789\nabcdefgh"})
    void secretsThatCanBeGuessedOrNotBeSentAreRefused(String secret) {
        assertThat(BasicCredential.secretProblem(secret)).isPresent();
    }

    @Test
    void aLongSecretIsFine() {
        assertThat(BasicCredential.secretProblem(SECRET)).isEmpty();
    }
}
