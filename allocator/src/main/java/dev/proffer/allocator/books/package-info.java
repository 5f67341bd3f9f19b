/** The books: agents, roles, frameworks, and who holds what, in use or offered. */
@NullMarked
package dev.proffer.allocator.books;

import org.jspecify.annotations.NullMarked;
