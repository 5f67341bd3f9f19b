/** The life of the agent's tasks, from the intent to launch to the last acknowledgement. */
@NullMarked
package dev.proffer.agent.core.tasks;

import org.jspecify.annotations.NullMarked;
