package dev.proffer.master.edge.http.operator;

import dev.proffer.allocator.explain.Reason;
import dev.proffer.model.RolePath;
import dev.proffer.model.Scalar;
import java.util.List;
import java.util.stream.Collectors;

/** Why a framework is not offered an agent, as a sentence with its figures. */
final class ReasonText {
    private ReasonText() {}

    static String of(Reason reason) {
        return switch (reason) {
            case Reason.FrameworkInactive() -> "the framework is not connected";
            case Reason.NotSubscribed() -> "the framework is not subscribed with this role";
            case Reason.Suppressed() ->
                "the framework has suppressed offers of this role; it gets them again after REVIVE";
            case Reason.Recovering() -> "after a failover, not enough agents have come back yet";
            case Reason.AgentInactive() -> "the agent is disconnected, draining or deactivated";
            case Reason.AgentNotWhitelisted() -> "the agent is not on the whitelist";
            case Reason.NothingFree() -> "nothing of the agent is free";
            case Reason.ReservedForOthers() -> "all that is free is reserved for other roles";
            case Reason.Refused(var remaining) ->
                remaining.isZero()
                        ? "the framework declined as much; it is offered again in the pass after the next"
                        : "the framework declined as much, for another " + remaining.toSeconds() + " s";
            case Reason.ConstraintFails(var constraint) ->
                "the agent does not satisfy the framework's offer constraint " + constraint;
            case Reason.BelowMinimum(var visible) ->
                "what is free is less than the smallest offer worth making: " + visible;
            case Reason.CapabilityMissing(var capabilities) -> "it takes a capability: " + capabilities;
            case Reason.OfferOutstanding() -> "the framework has not answered its last offer of the agent";
            case Reason.TooMuchOutstanding(var outstanding, var fair) ->
                "the framework sits on offers of %s of the cluster, and its fair part is %s"
                        .formatted(percent(outstanding), percent(fair));
            case Reason.LimitReached limit -> limit(limit);
            case Reason.HeldBack(var roles, var resource, var missing, var free) ->
                "%s of %s is held back for guarantees of %s, and %s is free in the cluster"
                        .formatted(amount(missing), resource, paths(roles), amount(free));
            case Reason.OthersFirst others ->
                "framework %s in role '%s' comes first: '%s' has %s by weight, this one %s"
                        .formatted(
                                others.framework().value(),
                                others.role(),
                                others.claimant(),
                                percent(others.theirShare()),
                                percent(others.ownShare()));
        };
    }

    private static String limit(Reason.LimitReached reached) {
        return "role '%s' may have %s of %s: %s is consumed, %s is promised to others below it, and %s is free here"
                .formatted(
                        reached.role(),
                        amount(reached.limit()),
                        reached.resource(),
                        amount(reached.consumed()),
                        amount(reached.promised()),
                        amount(reached.free()));
    }

    private static String paths(List<RolePath> roles) {
        return roles.stream().map(RolePath::value).collect(Collectors.joining(", "));
    }

    private static String amount(long thousandths) {
        return new Scalar(thousandths).toString();
    }

    private static String percent(double share) {
        return "%.1f%%".formatted(share * 100);
    }
}
