/** The agent's pure state machine: registration, tasks, executors and status updates. */
@NullMarked
package dev.proffer.agent.core;

import org.jspecify.annotations.NullMarked;
