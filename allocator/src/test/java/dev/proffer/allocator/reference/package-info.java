/** A second allocator, simple and slow, that the real one is compared with. */
@NullMarked
package dev.proffer.allocator.reference;

import org.jspecify.annotations.NullMarked;
