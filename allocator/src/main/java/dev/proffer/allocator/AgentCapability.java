package dev.proffer.allocator;

/** What an agent understands, as far as it decides who is offered it. */
public enum AgentCapability {
    MULTI_ROLE,
    HIERARCHICAL_ROLE,
    RESERVATION_REFINEMENT
}
