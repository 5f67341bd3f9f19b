package dev.proffer.master.edge.agentlink;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds out whether an agent is what it says. Any thread; must not block. */
@FunctionalInterface
public interface AgentAuthenticator {
    /** Believes every agent. For tests and machines that nobody else reaches. */
    AgentAuthenticator CREDULOUS = (_, _) -> CompletableFuture.completedStage(new Verdict.Accepted(Optional.empty()));

    /**
     * Completes exceptionally if it cannot be found out now.
     *
     * @param hostname that the agent goes by
     * @param token that is to prove it; empty if there was none
     */
    CompletionStage<Verdict> authenticate(String hostname, String token);

    /** What became of it. */
    sealed interface Verdict {

        /** @param lasting how long the proof holds from now on; absent for ever */
        record Accepted(Optional<Duration> lasting) implements Verdict {}

        /** @param reason names the rule that was broken, for the agent's log */
        record Refused(String reason) implements Verdict {}
    }
}
