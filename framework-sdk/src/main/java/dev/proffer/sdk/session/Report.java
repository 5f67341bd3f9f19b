package dev.proffer.sdk.session;

import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.sdk.CallFailure;

/** What the session itself has to tell the scheduler of a call that did not get through. */
sealed interface Report {
    record NotLaunched(TaskStatus status) implements Report {}

    record Failed(CallFailure failure) implements Report {}
}
