package dev.proffer.testing.kubernetes.masters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.kubernetes.crds.InstalledCrds;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The API server is gone for all, for longer than any Lease lasts. */
class ApiServerAwayIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.ofItsOwn();

    /** Eight times what a Lease lasts. */
    private static final Duration AWAY = Duration.ofMinutes(2);

    private static final Duration BACK = Duration.ofSeconds(30);

    @BeforeAll
    static void install() {
        InstalledCrds.on(kubernetes);
    }

    @Test
    void offersAndLaunchesGoOnAndNobodyElseLeads(@TempDir Path folder) throws Exception {
        var pair = Pair.start(kubernetes, folder);
        try {
            var framework = pair.frameworkWithALongTask();
            kubernetes.server().stop();
            long gone = System.nanoTime();
            pair.runOneTask();
            await().atMost(AWAY.multipliedBy(2))
                    .until(() -> Duration.ofNanos(System.nanoTime() - gone).compareTo(AWAY) > 0);
            pair.runOneTask();
            kubernetes.server().start();
            await().atMost(BACK).until(() -> pair.first.isReady() && pair.second.isReady());
            assertThat(pair.leads(pair.first)).isTrue();
            assertThat(pair.term()).isEqualTo(1);
            pair.runOneTask();
            pair.endTheLongTask(framework);
        } finally {
            pair.stop();
        }
    }
}
