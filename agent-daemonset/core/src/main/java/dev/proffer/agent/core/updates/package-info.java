/** The streams of status updates: one per task, in order, until acknowledged. */
@NullMarked
package dev.proffer.agent.core.updates;

import org.jspecify.annotations.NullMarked;
