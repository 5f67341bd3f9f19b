/** An agent's pure state machine: its registration, its tasks, and the updates that it owes. */
@NullMarked
package dev.proffer.agent.core;

import org.jspecify.annotations.NullMarked;
