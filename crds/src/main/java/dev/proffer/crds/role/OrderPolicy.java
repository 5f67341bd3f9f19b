package dev.proffer.crds.role;

import com.fasterxml.jackson.annotation.JsonProperty;

/** In which order a role's frameworks and children are served. */
public enum OrderPolicy {
    @JsonProperty("drf")
    DRF,
    @JsonProperty("hdrf")
    HDRF,
    @JsonProperty("priority")
    PRIORITY,
    @JsonProperty("fifo")
    FIFO,
    @JsonProperty("random")
    RANDOM
}
