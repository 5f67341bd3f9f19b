/** The one place where the master speaks with the allocator. */
@NullMarked
package dev.proffer.master.core.books;

import org.jspecify.annotations.NullMarked;
