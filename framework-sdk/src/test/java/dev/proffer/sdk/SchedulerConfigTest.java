package dev.proffer.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulerConfigTest {
    @Test
    void aFrameworkSurvivesItsSchedulerByDefault() {
        var framework = SchedulerConfig.of("batch", "localhost:5050").framework();

        assertThat(framework.getName()).isEqualTo("batch");
        assertThat(framework.getFailoverTimeout()).isEqualTo(600);
        assertThat(framework.getRolesList()).containsExactly("*");
        assertThat(framework.getCapabilitiesList())
                .extracting(Capability::getType)
                .contains(
                        Capability.Type.MULTI_ROLE,
                        Capability.Type.RESERVATION_REFINEMENT,
                        Capability.Type.PARTITION_AWARE);
    }

    @Test
    void settingsOfTheFrameworkCanBeChanged() {
        var framework = SchedulerConfig.of("batch", "localhost:5050")
                .withRoles("eng", "ops/web")
                .withFailoverTimeout(Duration.ofMillis(1500))
                .withFramework(info -> info.setUser("nobody"))
                .framework();

        assertThat(framework.getRolesList()).containsExactly("eng", "ops/web");
        assertThat(framework.getFailoverTimeout()).isEqualTo(1.5);
        assertThat(framework.getUser()).isEqualTo("nobody");
    }

    @Test
    void mastersMayBeUrlsOrHostAndPort() {
        assertThat(MasterAddress.parse("proffer:5050").schedulerApi())
                .hasToString("http://proffer:5050/api/v1/scheduler");
        assertThat(MasterAddress.parse(" https://proffer/cluster-a/ ").schedulerApi())
                .hasToString("https://proffer/cluster-a/api/v1/scheduler");
    }

    @Test
    void addressesThatAreNoMastersSayWhatToWrite() {
        assertThatThrownBy(() -> MasterAddress.parse("zk://a:2181/mesos")).hasMessageContaining("http://");
        assertThatThrownBy(() -> MasterAddress.parse("ftp://a")).hasMessageContaining("http://");
        assertThatThrownBy(() -> MasterAddress.parse("http:///x")).hasMessageContaining("host");
        assertThatThrownBy(() -> SchedulerConfig.of("batch")).hasMessageContaining("masters");
    }

    @Test
    void patienceMustBePositive() {
        assertThatThrownBy(() -> Patience.DEFAULT.withCall(Duration.ZERO)).hasMessageContaining("call");
        assertThatThrownBy(() -> Patience.DEFAULT.withBackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("longestBackOff");
    }

    @Test
    void basicCredentialsAreWhatMesosReads() throws IOException {
        assertThat(Credentials.basic("me", "secret").authorization()).hasValue("Basic bWU6c2VjcmV0");
        assertThat(Credentials.none().authorization()).isEmpty();
        assertThatThrownBy(() -> Credentials.basic("me", "a:b")).hasMessageContaining("':'");
    }

    @Test
    void aTokenIsReadAnewForEachRequest(@TempDir Path folder) throws IOException {
        var file = folder.resolve("token");
        var credentials = Credentials.tokenFile(file);

        Files.writeString(file, "first\n");
        assertThat(credentials.authorization()).hasValue("Bearer first");
        Files.writeString(file, "second");
        assertThat(credentials.authorization()).hasValue("Bearer second");
    }
}
