package dev.proffer.operator.plan.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.crds.access.BasicCredential;
import dev.proffer.crds.framework.Framework;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BasicSecretTest {
    private static final String LONG = "a-long-enough-secret";

    @Test
    void aGeneratedOneIsUsableAndCannotBeGuessed() {
        var made = BasicSecret.generate(framework(), "old", new Random(1));
        assertThat(made.getMetadata().getNamespace()).isEqualTo("team-a");
        var password = Objects.requireNonNull(made.getStringData().get("password"));
        assertThat(Base64.getUrlDecoder().decode(password)).hasSize(32);
        var proof = (FrameworkProof.Basic) judge(made.getType(), made.getStringData());
        assertThat(proof.username()).isEqualTo("batch");
        assertThat(proof.credentials())
                .singleElement()
                .matches(credential -> credential.matches(password))
                .extracting(BasicCredential::principal)
                .isEqualTo("team-a/batch");
    }

    @Test
    void theFormerPasswordIsGoodAsLongAsItIsThere() {
        var proof = (FrameworkProof.Basic) judge(
                BasicSecret.TYPE,
                Map.of("username", "spark", "password", LONG + "\n", "previous-password", LONG + "-before"));
        assertThat(proof.credentials())
                .satisfiesExactly(
                        one -> assertThat(one.matches(LONG)).isTrue(),
                        one -> assertThat(one.matches(LONG + "-before")).isTrue());
    }

    /** A tenant who may not read a Secret must not turn it into a credential by naming it. */
    @Test
    void aSecretOfAnotherTypeIsNotUsed() {
        assertThat(judge("Opaque", Map.of("username", "spark", "password", LONG)))
                .isEqualTo(
                        new FrameworkProof.Unusable(
                                "Secret 'old' is of type 'Opaque', not kubernetes.io/basic-auth; correct it, or delete it and the operator makes a new one."));
    }

    @ParameterizedTest
    @CsvSource({
        "spark,                   short,                  'password'",
        "spark,                   a:secret-with-a-colon,  'password'",
        "proffer:framework:x/y,   a-long-enough-secret,   'username'",
        "system:masters,          a-long-enough-secret,   'username'",
        "other/spark,             a-long-enough-secret,   'username'"
    })
    void whatCouldBeGuessedOrPassForSomebodyElseIsRefused(String username, String password, String key) {
        assertThat(judge(BasicSecret.TYPE, Map.of("username", username, "password", password)))
                .isInstanceOfSatisfying(
                        FrameworkProof.Unusable.class,
                        unusable -> assertThat(unusable.problem())
                                .contains("'" + key + "'")
                                .doesNotContain(password));
    }

    private static FrameworkProof judge(String type, Map<String, String> values) {
        return BasicSecret.judge(framework(), secret(type, values));
    }

    private static Secret secret(String type, Map<String, String> values) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("old")
                .withNamespace("team-a")
                .withUid("c0ffee")
                .endMetadata()
                .withType(type)
                .withData(values.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> base64(entry.getValue()))))
                .build();
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static Framework framework() {
        var framework = new Framework();
        framework.setMetadata(new ObjectMetaBuilder()
                .withName("batch")
                .withNamespace("team-a")
                .build());
        return framework;
    }
}
