/** Runs tasks as plain processes. */
@NullMarked
package dev.proffer.agent.edge.launcher.posix;

import org.jspecify.annotations.NullMarked;
