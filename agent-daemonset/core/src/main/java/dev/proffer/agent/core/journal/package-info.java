/** The agent's memory: what its journal's records amount to. */
@NullMarked
package dev.proffer.agent.core.journal;

import org.jspecify.annotations.NullMarked;
