package dev.proffer.allocator.run;

/** Why a framework is passed over on an agent, in the order in which it is asked. */
public enum Obstacle {
    /** It refused at least as much as it would be offered. */
    REFUSED,
    /** The agent does not satisfy its offer constraints. */
    CONSTRAINT,
    /** What it could see is less than the smallest offer worth making. */
    BELOW_MINIMUM,
    /** It, or the agent, lacks a capability. */
    CAPABILITY,
    /** Quota leaves nothing, or too little, for its role. */
    QUOTA,
    /** It has not answered its last offer of the agent. */
    OUTSTANDING,
    /** It sits on more offers than its fair part, and others could take the agent. */
    HOARDING
}
