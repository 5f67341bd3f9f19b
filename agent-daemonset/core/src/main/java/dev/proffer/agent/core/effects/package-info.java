/** How the parts of the core hand out effects, and what waits for the journal. */
@NullMarked
package dev.proffer.agent.core.effects;

import org.jspecify.annotations.NullMarked;
