package dev.proffer.master.core;

import dev.proffer.protocol.v1.scheduler.Call;
import java.util.Optional;

/** Skeleton. */
public final class CallValidation {
    private CallValidation() {}

    /** Why a call is refused before it reaches the core: always status 400, and the text names field and remedy. */
    public record Refusal(int status, String text) {}

    /** The first problem of the call's form, or nothing. */
    public static Optional<Refusal> check(Call call, Optional<String> principal) {
        return call.hasType() ? Optional.empty() : principal.map(p -> new Refusal(400, p));
    }
}
