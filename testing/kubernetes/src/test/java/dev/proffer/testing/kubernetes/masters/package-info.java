/** Several masters over one API server: processes that are killed, paused and cut off. */
@NullMarked
package dev.proffer.testing.kubernetes.masters;

import org.jspecify.annotations.NullMarked;
