/** The two stages of a run: how much of an agent a role may have, by guarantees and by fair share. */
@NullMarked
package dev.proffer.allocator.stages;

import org.jspecify.annotations.NullMarked;
