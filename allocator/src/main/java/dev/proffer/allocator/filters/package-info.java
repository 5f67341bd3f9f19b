/** Refuse filters: which framework, in which role, does not want which agent, and until when. */
@NullMarked
package dev.proffer.allocator.filters;

import org.jspecify.annotations.NullMarked;
