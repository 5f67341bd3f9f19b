package dev.proffer.sdk;

import java.util.Optional;

/**
 * Why a driver ended.
 *
 * @param reason for people
 * @param exception what the scheduler threw, if that was it
 */
public record Termination(Cause cause, String reason, Optional<Throwable> exception) {
    public Termination(Cause cause, String reason) {
        this(cause, reason, Optional.empty());
    }

    public enum Cause {
        /** The driver was closed. The framework waits for its failover timeout. */
        CLOSED,
        /** The scheduler tore the framework down. */
        TORN_DOWN,
        /** The master does not want this framework, or another scheduler subscribed with its id. */
        REFUSED,
        /** No master could be reached for as long as the configuration allows. */
        UNREACHABLE,
        /** A method of the scheduler threw. */
        SCHEDULER_FAILED
    }

    @Override
    public String toString() {
        return cause + ": " + reason;
    }
}
