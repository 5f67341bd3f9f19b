/** Who is believed: tokens of a real API server, and programs that prove themselves to one another. */
@NullMarked
package dev.proffer.testing.kubernetes.identity;

import org.jspecify.annotations.NullMarked;
