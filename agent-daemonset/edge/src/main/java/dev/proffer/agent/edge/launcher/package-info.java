/** Starts tasks' processes, ends them, and finds them again. */
@NullMarked
package dev.proffer.agent.edge.launcher;

import org.jspecify.annotations.NullMarked;
