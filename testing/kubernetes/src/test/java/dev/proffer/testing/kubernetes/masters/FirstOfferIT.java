package dev.proffer.testing.kubernetes.masters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.testing.kubernetes.TestKubernetes;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long frameworks that come through a Service are without offers when the leader goes. */
class FirstOfferIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.shared();

    private static final Logger LOG = LoggerFactory.getLogger(FirstOfferIT.class);
    private static final Duration LEASE_DURATION = Duration.ofSeconds(15);

    /** The goals are 5 s beyond the Lease, and 3 s; a loaded machine's are read off the log. */
    private static final Duration LOADED = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private ServedPair pair;

    @BeforeEach
    void start() throws Exception {
        pair = new ServedPair(kubernetes, folder);
    }

    @AfterEach
    void stop() throws Exception {
        pair.stop();
    }

    @Test
    void comesSoonAfterTheLeaseOfAKilledLeaderIsOver() throws Exception {
        long killed = System.nanoTime();
        pair.first.program().kill();
        var took = pair.firstOfferAfter(killed);
        LOG.info("leader killed: first offer after {} ms", took.toMillis());
        assertThat(took).isLessThan(LEASE_DURATION.plus(LOADED));
        assertThat(pair.term()).isEqualTo(2);
    }

    @Test
    void comesWithinSecondsWhenTheLeaderIsAskedToGo() throws Exception {
        long asked = System.nanoTime();
        pair.first.program().terminate();
        var took = pair.firstOfferAfter(asked);
        LOG.info("leader asked to go: first offer after {} ms", took.toMillis());
        assertThat(took).as("nobody waits for the Lease").isLessThan(LEASE_DURATION);
        assertThat(pair.term()).isEqualTo(2);
    }
}
