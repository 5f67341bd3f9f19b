package dev.proffer.agent.edge;

/**
 * What probes ask of an agent.
 *
 * @param live its writer comes round
 * @param ready it is registered with a master, and its journal can be written
 * @param started it has taken up what its journal held
 */
public record AgentHealth(boolean live, boolean ready, boolean started) {}
