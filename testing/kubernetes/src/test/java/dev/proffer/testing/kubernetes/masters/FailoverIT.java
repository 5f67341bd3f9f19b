package dev.proffer.testing.kubernetes.masters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.kubernetes.crds.InstalledCrds;
import dev.proffer.testing.programs.Program;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to tasks and frameworks when the leader goes, in each of the ways in which it can. */
class FailoverIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.shared();

    private static final Logger LOG = LoggerFactory.getLogger(FailoverIT.class);
    private static final Duration LEASE_DURATION = Duration.ofSeconds(15);

    /** Beyond the Lease: the rest of a loaded machine's time. */
    private static final Duration PATIENCE = LEASE_DURATION.plusSeconds(30);

    @TempDir
    Path folder;

    private Pair pair;
    private Program framework;

    @BeforeAll
    static void install() {
        InstalledCrds.on(kubernetes);
    }

    @BeforeEach
    void start() throws Exception {
        pair = Pair.start(kubernetes, folder);
        framework = pair.frameworkWithALongTask();
    }

    @AfterEach
    void stop() throws Exception {
        pair.stop();
    }

    @Test
    void aLeaderThatIsKilledIsFollowedAndNoTaskIsLostOrDoubled() throws Exception {
        long killed = System.nanoTime();
        pair.first.program().kill();
        theSecondLeadsAndGivesOffers(killed);
        pair.endTheLongTask(framework);
    }

    @Test
    void aLeaderThatIsAskedToGoIsFollowedAtOnce() throws Exception {
        long asked = System.nanoTime();
        pair.first.program().terminate();
        await().atMost(LEASE_DURATION).until(() -> pair.leads(pair.second));
        theSecondLeadsAndGivesOffers(asked);
        pair.endTheLongTask(framework);
    }

    @Test
    void aLeaderThatWasPausedBeyondItsLeaseGoesWhenItWakes() throws Exception {
        long paused = System.nanoTime();
        pair.first.program().pause();
        theSecondLeadsAndGivesOffers(paused);
        await().atMost(PATIENCE).until(() -> since(paused).compareTo(LEASE_DURATION.plusSeconds(20)) > 0);
        long resumed = System.nanoTime();
        pair.first.program().resume();
        pair.first.program().awaitExit(1);
        LOG.info("resumed leader exited after {} ms", since(resumed).toMillis());
        assertThat(pair.leads(pair.second)).isTrue();
        pair.endTheLongTask(framework);
    }

    @Test
    void aLeaderThatIsCutOffFromTheApiServerAloneGoesWhenItsAgentsHave() throws Exception {
        long cut = System.nanoTime();
        pair.wire.cut();
        await().atMost(PATIENCE).until(() -> pair.leads(pair.second));
        LOG.info("another leads after {} ms", since(cut).toMillis());
        pair.first.program().awaitExit(1);
        LOG.info("the first is gone after {} ms", since(cut).toMillis());
        pair.runOneTask();
        LOG.info("and the second ran a task after {} ms", since(cut).toMillis());
        pair.endTheLongTask(framework);
    }

    @Test
    void aLeaseDeletedByHandChangesNothing() throws Exception {
        kubernetes.kubectl().get("delete", "lease", "proffer-master");
        await().atMost(PATIENCE).ignoreExceptions().until(() -> pair.leads(pair.first));
        assertThat(pair.term()).isEqualTo(1);
        pair.runOneTask();
        assertThat(pair.first.program().isAlive()).isTrue();
        pair.endTheLongTask(framework);
    }

    private void theSecondLeadsAndGivesOffers(long since) throws Exception {
        await().atMost(PATIENCE).until(() -> pair.leads(pair.second));
        LOG.info("another leads after {} ms", since(since).toMillis());
        assertThat(pair.term()).isEqualTo(2);
        pair.runOneTask();
        LOG.info("and ran a task after {} ms", since(since).toMillis());
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
