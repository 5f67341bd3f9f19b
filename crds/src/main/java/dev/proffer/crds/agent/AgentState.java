package dev.proffer.crds.agent;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the master makes of an agent. */
public enum AgentState {
    /** It is offered. */
    @JsonProperty("Active")
    ACTIVE,
    /** It has not been heard of for longer than the time-out. */
    @JsonProperty("Unreachable")
    UNREACHABLE,
    /** Problems on its node leave nothing that it could offer; what runs on it stays. */
    @JsonProperty("Unhealthy")
    UNHEALTHY,
    /** It is not offered, by its object's spec or because its node is cordoned; what runs on it stays. */
    @JsonProperty("Deactivated")
    DEACTIVATED,
    /** Its tasks are going. */
    @JsonProperty("Draining")
    DRAINING,
    /** It is empty, and stays so until the drain is ended. */
    @JsonProperty("Drained")
    DRAINED,
    /** It will not come back under its id. */
    @JsonProperty("Gone")
    GONE
}
