/** One allocation: guarantees first, then fair shares, agent by agent. */
@NullMarked
package dev.proffer.allocator.run;

import org.jspecify.annotations.NullMarked;
