/** Refuse filters: which framework, in which role, does not want which agent, and for how long. */
@NullMarked
package dev.proffer.allocator.filters;

import org.jspecify.annotations.NullMarked;
