/** Who may be offered an agent at all: capabilities, smallest sizes and offer constraints. */
@NullMarked
package dev.proffer.allocator.eligibility;

import org.jspecify.annotations.NullMarked;
