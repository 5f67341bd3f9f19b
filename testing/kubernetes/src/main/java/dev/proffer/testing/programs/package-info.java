/** The programs that the build made, as processes of their own. */
@NullMarked
package dev.proffer.testing.programs;

import org.jspecify.annotations.NullMarked;
