package dev.proffer.master.edge.identity;

import dev.proffer.master.edge.agentlink.AgentAuthenticator;
import dev.proffer.master.edge.identity.TokenReviews.Review;
import dev.proffer.model.Moment;
import dev.proffer.model.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Agents prove themselves with the token of their pod: it must be the agents' service account's, and the pod must run on the
 * node whose name the agent goes by. So what is stolen from one node is of no use to speak for another.
 */
public final class NodeTokenCheck implements AgentAuthenticator {
    private final TokenReviewer reviewer;
    private final Principal.ServiceAccount agents;
    private final Supplier<Moment> time;

    /** @param agents whose tokens are accepted */
    public NodeTokenCheck(TokenReviewer reviewer, Principal.ServiceAccount agents, Supplier<Moment> time) {
        this.reviewer = reviewer;
        this.agents = agents;
        this.time = time;
    }

    @Override
    public CompletionStage<Verdict> authenticate(String hostname, String token) {
        if (token.isEmpty()) {
            return CompletableFuture.completedStage(new Verdict.Refused(
                    "the agent sent no token: give its pod a projected token of the service account " + name()
                            + " and name the file in proffer.agent.token"));
        }
        return reviewer.review(token).thenApply(review -> switch (review) {
            case Review.Refused(var reason) -> new Verdict.Refused("the agent's token was refused: " + reason);
            case Review.Accepted(var principal, var node) -> judge(principal, node, hostname, token);
        });
    }

    private Verdict judge(Principal principal, Optional<String> node, String hostname, String token) {
        if (!principal.serviceAccount().equals(Optional.of(agents))) {
            return new Verdict.Refused(
                    "the token is that of " + principal.name() + ", but agents are the service account " + name());
        }
        if (node.isEmpty()) {
            return new Verdict.Refused(
                    "the token names no node: it must be bound to the agent's pod, by Kubernetes 1.32" + " or newer");
        }
        if (!node.get().equals(hostname)) {
            return new Verdict.Refused(
                    "the token is from the node '" + node.get() + "', but the agent goes by the hostname '" + hostname
                            + "': set proffer.agent.hostname to its node's name");
        }
        return new Verdict.Accepted(TokenClaims.of(token)
                .expiry()
                .map(expiry -> Duration.between(time.get().wall(), expiry)));
    }

    private String name() {
        return agents.namespace() + "/" + agents.name();
    }
}
