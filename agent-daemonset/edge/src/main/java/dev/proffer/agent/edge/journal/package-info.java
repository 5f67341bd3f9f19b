/** What an agent must not forget, in one append-only file. */
@NullMarked
package dev.proffer.agent.edge.journal;

import org.jspecify.annotations.NullMarked;
