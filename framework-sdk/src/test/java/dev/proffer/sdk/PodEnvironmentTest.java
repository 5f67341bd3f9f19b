package dev.proffer.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodEnvironmentTest {
    private static final String MASTER = "https://proffer.proffer.svc:5050";

    @TempDir
    private Path folder;

    @Test
    void aPodNamesMasterAuthorityAndToken() throws IOException {
        var token = Files.writeString(folder.resolve("token"), "first\n");
        var config = configure(Map.of(
                "PROFFER_MASTER",
                MASTER + ", https://b:5050",
                "PROFFER_CA_FILE",
                "/ca.crt",
                "PROFFER_TOKEN_FILE",
                token.toString()));
        assertThat(config.masters())
                .isEqualTo(List.of(MasterAddress.parse(MASTER), MasterAddress.parse("https://b:5050")));
        assertThat(config.certificateAuthority()).contains(Path.of("/ca.crt"));
        assertThat(config.credentials().authorization()).contains("Bearer first");
        Files.writeString(token, "second");
        assertThat(config.credentials().authorization()).contains("Bearer second");
    }

    @Test
    void aPrincipalsSecretIsReadFromItsFile() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "s3cret\n");
        var config = configure(Map.of(
                "PROFFER_MASTER", MASTER, "PROFFER_PRINCIPAL", "jenkins", "PROFFER_SECRET_FILE", secret.toString()));
        assertThat(config.credentials().authorization())
                .isEqualTo(Credentials.basic("jenkins", "s3cret").authorization());
        Files.writeString(secret, "a:b");
        assertThatThrownBy(() -> config.credentials().authorization())
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(secret.toString(), "':'")
                .hasMessageNotContaining("a:b");
    }

    @Test
    void withoutCredentialsTheFrameworkHasNoName() throws IOException {
        var config = configure(Map.of("PROFFER_MASTER", MASTER, "PROFFER_TOKEN_FILE", " "));
        assertThat(config.credentials().authorization()).isEqualTo(Optional.empty());
        assertThat(config.certificateAuthority()).isEmpty();
    }

    @Test
    void rolesAreThoseOfTheFrameworksObject() {
        assertThat(configure(Map.of("PROFFER_MASTER", MASTER, "PROFFER_ROLES", "eng/web, eng/batch"))
                        .framework()
                        .getRolesList())
                .containsExactly("eng/web", "eng/batch");
        assertThat(configure(Map.of("PROFFER_MASTER", MASTER)).framework().getRolesList())
                .containsExactly("*");
    }

    @Test
    void whatIsMissingOrTooMuchIsNamed() {
        assertRefused(Map.of(), "PROFFER_MASTER is not set");
        assertRefused(Map.of("PROFFER_MASTER", MASTER, "PROFFER_PRINCIPAL", "a"), "PROFFER_SECRET_FILE");
        assertRefused(
                Map.of(
                        "PROFFER_MASTER", MASTER,
                        "PROFFER_PRINCIPAL", "a",
                        "PROFFER_SECRET_FILE", "b",
                        "PROFFER_TOKEN_FILE", "c"),
                "PROFFER_TOKEN_FILE and PROFFER_PRINCIPAL");
    }

    private static void assertRefused(Map<String, String> variables, String message) {
        assertThatThrownBy(() -> configure(variables))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static SchedulerConfig configure(Map<String, String> variables) {
        return PodEnvironment.of(variables).configure("batch");
    }
}
