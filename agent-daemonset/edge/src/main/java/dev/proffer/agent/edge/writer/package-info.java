/** The one thread that owns an agent's state. */
@NullMarked
package dev.proffer.agent.edge.writer;

import org.jspecify.annotations.NullMarked;
