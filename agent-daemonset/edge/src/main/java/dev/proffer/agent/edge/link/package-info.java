/** The agent's end of the link to the leading master. */
@NullMarked
package dev.proffer.agent.edge.link;

import org.jspecify.annotations.NullMarked;
