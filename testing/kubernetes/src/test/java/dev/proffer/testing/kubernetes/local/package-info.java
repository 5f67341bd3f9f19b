/** A cluster in one process over a real API server. */
@NullMarked
package dev.proffer.testing.kubernetes.local;

import org.jspecify.annotations.NullMarked;
