package dev.proffer.agent.core.timers;

import dev.proffer.agent.core.TaskKey;

/** What is done when its time has come. There is at most one of each. */
public sealed interface Timer {
    /** Dial again. */
    record Redial() implements Timer {}

    /** The link is not registered yet. */
    record HandshakeTimeout() implements Timer {}

    record NextPing() implements Timer {}

    /** Does another master lead by now? */
    record NextProbe() implements Timer {}

    /** Has the master been silent for too long? */
    record SilenceCheck() implements Timer {}

    /** The head of the task's updates is not acknowledged. */
    record Resend(TaskKey task) implements Timer {}

    /** What the disk refused is tried again. */
    record RecordAgain() implements Timer {}

    /** The task was told to end and has not. */
    record KillByForce(TaskKey task) implements Timer {}

    /** The task's max_completion_time is over. */
    record CompletionTime(TaskKey task) implements Timer {}
}
