/** What the README shows, compiled and run. */
@NullMarked
package dev.proffer.testing.readme;

import org.jspecify.annotations.NullMarked;
