/** The whole product on a real cluster, as its users run it. */
@NullMarked
package dev.proffer.testing.e2e;

import org.jspecify.annotations.NullMarked;
