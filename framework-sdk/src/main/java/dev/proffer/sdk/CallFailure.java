package dev.proffer.sdk;

import dev.proffer.protocol.v1.scheduler.Call;

/** A call that did not get through, and why. */
public record CallFailure(Call call, Kind kind, String reason) {
    /** How much is known of the call's fate. */
    public enum Kind {
        /** The master never saw it. */
        NOT_SENT,
        /** The master saw it and did nothing. */
        REFUSED,
        /** It was sent, but no answer came: the master may have taken it. */
        UNANSWERED
    }

    /** Without the call's content, which may be large or secret. */
    @Override
    public String toString() {
        return "call " + call.getType() + " failed (" + kind + "): " + reason;
    }
}
