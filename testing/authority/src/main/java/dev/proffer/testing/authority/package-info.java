/** A certificate authority for tests of TLS. */
@NullMarked
package dev.proffer.testing.authority;

import org.jspecify.annotations.NullMarked;
