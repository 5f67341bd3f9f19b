/** What must hold for all modules at once. */
@NullMarked
package dev.proffer.testing;

import org.jspecify.annotations.NullMarked;
