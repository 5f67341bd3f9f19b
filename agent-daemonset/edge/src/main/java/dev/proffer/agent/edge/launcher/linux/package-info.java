/** Runs tasks in containers of their own: an OCI runtime makes them, a monitor that outlives the agent watches them. */
@NullMarked
package dev.proffer.agent.edge.launcher.linux;

import org.jspecify.annotations.NullMarked;
