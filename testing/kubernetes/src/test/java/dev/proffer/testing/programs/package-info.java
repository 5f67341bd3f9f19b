/** What tests count on of the programs that they start. */
@NullMarked
package dev.proffer.testing.programs;

import org.jspecify.annotations.NullMarked;
