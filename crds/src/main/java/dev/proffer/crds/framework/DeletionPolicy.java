package dev.proffer.crds.framework;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a framework's tasks when its object is deleted. */
public enum DeletionPolicy {
    /** They stay until the failover timeout is over, in which the object may be created again. */
    @JsonProperty("Retain")
    RETAIN,
    /** They are killed. */
    @JsonProperty("Teardown")
    TEARDOWN
}
