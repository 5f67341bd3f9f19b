package dev.proffer.agent.edge.launcher.linux;

import dev.proffer.agent.edge.cgroups.KernelFiles;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom the kernel ends when the machine runs out of memory: rather a task than the agent or, what is worse, a task's
 * supervisor, which inherits the agent's score.
 */
final class OomScore {
    private static final Logger LOG = LoggerFactory.getLogger(OomScore.class);
    private static final String OWN = "/proc/self/oom_score_adj";

    /** As the kubelet gives it to pods with Guaranteed resources. */
    private static final int SPARED = -997;

    private OomScore() {}

    /** Where the agent may not lower its score it keeps the one that it has. */
    static void spareAgent(KernelFiles kernel) {
        try {
            if (own(kernel) > SPARED) {
                kernel.write(OWN, Integer.toString(SPARED));
            }
        } catch (IOException | NumberFormatException e) {
            LOG.info("the agent's oom_score_adj stays as it is reason=\"{}\"", e.getMessage());
        }
    }

    /** Whether tasks need not inherit the agent's score: raising one's own everybody may. */
    static boolean isSpared(KernelFiles kernel) {
        try {
            return own(kernel) < 0;
        } catch (IOException | NumberFormatException unknown) {
            return false;
        }
    }

    private static int own(KernelFiles kernel) throws IOException {
        return Integer.parseInt(kernel.read(OWN).strip());
    }
}
