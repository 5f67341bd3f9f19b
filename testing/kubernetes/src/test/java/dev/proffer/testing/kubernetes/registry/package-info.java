/** The registry of agents on a real API server. */
@NullMarked
package dev.proffer.testing.kubernetes.registry;

import org.jspecify.annotations.NullMarked;
