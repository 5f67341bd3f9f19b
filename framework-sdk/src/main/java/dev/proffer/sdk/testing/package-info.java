/**
 * For tests of schedulers: a master that does what the test says. It needs no test library, so it comes with the SDK itself
 * and costs an author no further dependency.
 */
@NullMarked
package dev.proffer.sdk.testing;

import org.jspecify.annotations.NullMarked;
