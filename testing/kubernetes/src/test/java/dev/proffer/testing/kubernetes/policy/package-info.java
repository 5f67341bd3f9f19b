/** Objects of a real API server change what running frameworks are offered. */
@NullMarked
package dev.proffer.testing.kubernetes.policy;

import org.jspecify.annotations.NullMarked;
