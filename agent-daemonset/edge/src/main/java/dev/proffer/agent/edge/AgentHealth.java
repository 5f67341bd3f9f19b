package dev.proffer.agent.edge;

/**
 * What probes ask of an agent.
 *
 * @param live its writer comes round
 * @param ready it is registered with a master, and can run tasks
 * @param started it has taken up what its journal held
 * @param trouble why it is not ready, or offers less than it was configured to; empty if there is nothing to say
 */
public record AgentHealth(boolean live, boolean ready, boolean started, String trouble) {}
