package dev.proffer.master.core.timers;

import dev.proffer.master.core.LinkId;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;

/** What is done when its time has come. There is at most one of each. */
public sealed interface Timer {
    /** The framework's next HEARTBEAT. */
    record Heartbeat(FrameworkId framework) implements Timer {}

    /** Frameworks are looked at again that may not be admitted any more. */
    record Review() implements Timer {}

    /** The disconnected framework has not come back: it is removed. */
    record FailoverTimeout(FrameworkId framework) implements Timer {}

    /** The frameworks of deleted Framework objects are removed. */
    record Teardown() implements Timer {}

    /** The agent's next ping, or what counts as one while it is disconnected. */
    record AgentPing(AgentId agent) implements Timer {}

    /** The agent on this link was welcomed, and has not told its inventory. */
    record HandshakeTimeout(LinkId link) implements Timer {}

    /** Agents that the registry knew, and that are not back, are given up. */
    record RecoveredAgents() implements Timer {}

    /** The removal rate allows to give up the next agent. */
    record NextRemoval() implements Timer {}

    /** Frameworks have had their time to leave the draining agent. */
    record DrainDue(AgentId agent) implements Timer {}

    /** The agent's node was deleted, and has not come back. */
    record NodeLost(AgentId agent) implements Timer {}

    /** The labels that count have changed: further agents are looked at. */
    record Relabelling() implements Timer {}

    /** The agent has waited long enough to hear of its node. */
    record NodeAwaited(AgentId agent) implements Timer {}

    /** Agents that were lost long ago are forgotten. */
    record ForgetLost() implements Timer {}

    /** Some offers are old: does anybody wait for what they hold? */
    record OldOffers() implements Timer {}
}
